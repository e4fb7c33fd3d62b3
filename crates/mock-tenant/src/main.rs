//! The mock tenant as a program.

use std::process::ExitCode;

fn main() -> ExitCode {
    latchkey_mock_tenant::run()
}
