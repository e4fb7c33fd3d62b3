;; Puts a wasm module together that the build took apart into streams (scripts/lib/streams.mjs says why and how): the loader
;; runs this before the module itself. Cursors of the streams are at 0, what was packed at 1024, in UTF-8, the module behind it.
(module
  (memory (export "memory") 1)
  ;; Where the next byte of the module goes.
  (global $end (mut i32) (i32.const 0))
  ;; The stream of the number behind each opcode up to 0x42; 0 where there is none, or not one alone.
  (data (i32.const 512) "\00\00\02\02\02\00\00\00\00\00\00\00\03\03\00\00\05\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\07\07\07\08\08\0d\0d")
  (data (i32.const 575) "\0d\0d\00\0b")

  ;; Carries the next byte of a stream over, and returns it.
  (func $move (param $stream i32) (result i32)
    (local $at i32) (local $byte i32)
    (local.set $stream (i32.shl (local.get $stream) (i32.const 2)))
    (local.set $byte (i32.load8_u (local.tee $at (i32.load (local.get $stream)))))
    ;; From 0x80 on it was written as two, in UTF-8.
    (if (i32.ge_u (local.get $byte) (i32.const 0x80)) (then
      (local.set $byte (i32.or
        (i32.shl (local.get $byte) (i32.const 6))
        (i32.and (i32.load8_u (local.tee $at (i32.add (local.get $at) (i32.const 1)))) (i32.const 0x3f))))
      (local.set $byte (i32.and (local.get $byte) (i32.const 0xff)))))
    (i32.store (local.get $stream) (i32.add (local.get $at) (i32.const 1)))
    (i32.store8 (global.get $end) (local.get $byte))
    (global.set $end (i32.add (global.get $end) (i32.const 1)))
    (local.get $byte))

  ;; A number in LEB128.
  (func $number (param $stream i32) (result i32)
    (local $value i32) (local $shift i32) (local $byte i32)
    (loop $more
      (local.set $byte (call $move (local.get $stream)))
      (local.set $value (i32.or (local.get $value)
        (i32.shl (i32.and (local.get $byte) (i32.const 0x7f)) (local.get $shift))))
      (local.set $shift (i32.add (local.get $shift) (i32.const 7)))
      (br_if $more (i32.ge_u (local.get $byte) (i32.const 0x80))))
    (local.get $value))

  (func $numbers (param $stream i32) (param $count i32)
    (loop $more
      (if (local.get $count) (then
        (drop (call $number (local.get $stream)))
        (local.set $count (i32.sub (local.get $count) (i32.const 1)))
        (br $more)))))

  (func $bytes (param $stream i32) (param $count i32)
    (loop $more
      (if (local.get $count) (then
        (drop (call $move (local.get $stream)))
        (local.set $count (i32.sub (local.get $count) (i32.const 1)))
        (br $more)))))

  ;; What stands behind an opcode.
  (func $operands (param $opcode i32)
    (local $stream i32)
    ;; Loads and stores: alignment, offset.
    (if (i32.lt_u (i32.sub (local.get $opcode) (i32.const 0x28)) (i32.const 0x17)) (then
      (drop (call $number (i32.sub (local.get $opcode) (i32.const 0x1a))))
      (drop (call $number (select (i32.const 9) (i32.const 10) (i32.lt_u (local.get $opcode) (i32.const 0x36)))))
      (return)))
    (if (local.tee $stream (i32.load8_u (i32.add (local.get $opcode) (i32.const 512)))) (then
      (drop (call $number (local.get $stream)))
      (return)))
    ;; An integer: which stream, the opcode behind it says, as it stands in UTF-8.
    (if (i32.eq (local.get $opcode) (i32.const 0x41)) (then
      (drop (call $number (i32.add (i32.const 37)
        (i32.and (i32.load8_u (i32.load (i32.const 4))) (i32.const 31)))))))
    (if (i32.eq (local.get $opcode) (i32.const 0x11)) (then (call $numbers (i32.const 6) (i32.const 2))))
    (if (i32.eq (local.get $opcode) (i32.const 0x0e)) (then
      (call $numbers (i32.const 4) (i32.add (call $number (i32.const 4)) (i32.const 1)))))
    (if (i32.eq (local.get $opcode) (i32.const 0x1c)) (then (call $bytes (i32.const 13) (call $number (i32.const 13)))))
    (if (i32.eq (local.get $opcode) (i32.const 0x43)) (then (call $bytes (i32.const 12) (i32.const 4))))
    (if (i32.eq (local.get $opcode) (i32.const 0x44)) (then (call $bytes (i32.const 12) (i32.const 8))))
    (if (i32.or (i32.eq (local.get $opcode) (i32.const 0xd0)) (i32.eq (local.get $opcode) (i32.const 0xd2))) (then
      (drop (call $number (i32.const 13)))))
    (if (i32.eq (local.get $opcode) (i32.const 0xfc)) (then
      ;; Conversions up to 7; from 8 on even kinds up to 14 name two things, the others one.
      (if (i32.ge_u (local.tee $stream (call $number (i32.const 13))) (i32.const 8)) (then
        (call $numbers (i32.const 13) (select (i32.const 1) (i32.const 2)
          (i32.or (i32.and (local.get $stream) (i32.const 1)) (i32.gt_u (local.get $stream) (i32.const 14))))))))))

  ;; A function's body, behind its length: that is known afterwards, and takes one to three bytes.
  (func $body
    (local $start i32) (local $count i32) (local $opcode i32) (local $depth i32) (local $size i32)
    (local.set $start (global.get $end))
    (global.set $end (i32.add (local.get $start) (i32.const 3)))
    (local.set $count (call $number (i32.const 0)))
    (loop $more
      (if (local.get $count) (then
        (drop (call $number (i32.const 0)))
        (drop (call $move (i32.const 0)))
        (local.set $count (i32.sub (local.get $count) (i32.const 1)))
        (br $more))))
    (local.set $depth (i32.const 1))
    (loop $more
      (local.set $opcode (call $move (i32.const 1)))
      (if (i32.eq (local.get $opcode) (i32.const 0x0b)) (then (local.set $depth (i32.sub (local.get $depth) (i32.const 1)))))
      (if (i32.lt_u (i32.sub (local.get $opcode) (i32.const 2)) (i32.const 3)) (then
        (local.set $depth (i32.add (local.get $depth) (i32.const 1)))))
      (call $operands (local.get $opcode))
      (br_if $more (local.get $depth)))
    (local.set $size (i32.sub (global.get $end) (i32.add (local.get $start) (i32.const 3))))
    (global.set $end (local.get $start))
    (local.set $count (local.get $size))
    (loop $more
      (i32.store8 (global.get $end) (i32.or
        (i32.and (local.get $count) (i32.const 0x7f))
        (i32.shl (i32.ge_u (local.get $count) (i32.const 0x80)) (i32.const 7))))
      (global.set $end (i32.add (global.get $end) (i32.const 1)))
      (br_if $more (local.tee $count (i32.shr_u (local.get $count) (i32.const 7)))))
    (memory.copy (global.get $end) (i32.add (local.get $start) (i32.const 3)) (local.get $size))
    (global.set $end (i32.add (global.get $end) (local.get $size))))

  ;; Seven bits of each of three bytes, least first.
  (func $length (param $at i32) (result i32)
    (local $bytes i32)
    (i32.or
      (i32.or
        (i32.and (local.tee $bytes (i32.load (local.get $at))) (i32.const 0x7f))
        (i32.and (i32.shr_u (local.get $bytes) (i32.const 1)) (i32.const 0x3f80)))
      (i32.and (i32.shr_u (local.get $bytes) (i32.const 2)) (i32.const 0x1fc000))))

  ;; `place` is behind what was packed: there the module begins. Returns where it ends.
  (func (export "unpack") (param $place i32) (result i32)
    (local $at i32) (local $stream i32) (local $section i32) (local $count i32) (local $last i32)
    (global.set $end (local.get $place))
    (local.set $last (i32.add (local.get $place) (call $length (i32.const 1024))))
    ;; 69 streams: their lengths, then they themselves.
    (local.set $at (i32.const 1234))
    (loop $more
      (i32.store (i32.shl (local.get $stream) (i32.const 2)) (local.get $at))
      (local.set $stream (i32.add (local.get $stream) (i32.const 1)))
      (local.set $at (i32.add (local.get $at)
        (call $length (i32.add (i32.const 1024) (i32.mul (local.get $stream) (i32.const 3))))))
      (br_if $more (i32.lt_u (local.get $stream) (i32.const 69))))
    (call $bytes (i32.const 0) (i32.const 8))
    (loop $sections
      (if (i32.lt_u (global.get $end) (local.get $last)) (then
        (local.set $section (call $move (i32.const 0)))
        (local.set $count (call $number (i32.const 0)))
        (if (i32.eq (local.get $section) (i32.const 10))
          (then
            (local.set $count (call $number (i32.const 0)))
            (loop $more
              (if (local.get $count) (then
                (call $body)
                (local.set $count (i32.sub (local.get $count) (i32.const 1)))
                (br $more)))))
          (else (call $bytes (i32.const 0) (local.get $count))))
        (br $sections))))
    (global.get $end)))
