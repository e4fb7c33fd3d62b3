//! A task that can be cancelled from outside, together with the request that it waits for.

use std::cell::{Cell, RefCell};
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::rc::Rc;
use std::task::Poll;

type Work = Pin<Box<dyn Future<Output = ()>>>;

/// Work in the background that is cancelled when this is dropped.
pub(crate) struct Task(Rc<Slot>);

struct Slot {
    /// `None` while the work is polled, and after it is done.
    work: RefCell<Option<Work>>,
    cancelled: Cell<bool>,
}

impl Task {
    pub(crate) fn spawn(work: impl Future<Output = ()> + 'static) -> Self {
        Self::run(Box::pin(work))
    }

    /// Not generic, so that the code for spawning exists only once in the wasm.
    #[inline(never)]
    fn run(work: Work) -> Self {
        let slot = Rc::new(Slot {
            work: RefCell::new(Some(work)),
            cancelled: Cell::new(false),
        });
        let running = Rc::clone(&slot);
        wasm_bindgen_futures::spawn_local(poll_fn(move |context| {
            // The work may call a `fetch` that the page replaced, and the page may then cancel the task. So the
            // work is taken out of its slot while it is polled.
            let Some(mut work) = running.work.borrow_mut().take() else {
                return Poll::Ready(());
            };
            let polled = work.as_mut().poll(context);
            if polled.is_pending() && !running.cancelled.get() {
                *running.work.borrow_mut() = Some(work);
                return Poll::Pending;
            }
            Poll::Ready(())
        }));
        Self(slot)
    }
}

impl Drop for Task {
    fn drop(&mut self) {
        self.0.cancelled.set(true);
        let work = self.0.work.borrow_mut().take();
        drop(work);
    }
}
