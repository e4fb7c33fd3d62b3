//! Runs two futures until the first of them ends.

use std::future::{Future, poll_fn};
use std::pin::pin;
use std::task::Poll;

/// Runs `first` and `second` until one of them ends, and drops the other. Returns `None` if `second` ended first.
pub(super) async fn race<T>(first: impl Future<Output = T>, second: impl Future) -> Option<T> {
    let (mut first, mut second) = (pin!(first), pin!(second));
    poll_fn(|context| {
        if let Poll::Ready(outcome) = first.as_mut().poll(context) {
            return Poll::Ready(Some(outcome));
        }
        second.as_mut().poll(context).map(|_| None)
    })
    .await
}
