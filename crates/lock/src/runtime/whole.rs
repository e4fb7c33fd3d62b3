//! The rest of the dialog, which a page loads behind the first screen; what leads on waits for it.

use std::mem::discriminant;
use std::rc::Rc;

use super::Inner;
use crate::model::Msg;
use crate::service::Order;
#[cfg(feature = "js")]
use crate::{
    browser::now_ms,
    i18n::Key,
    model::{Flash, Tone},
};

impl Inner {
    /// `msg`, if the rules for it are there; else it is done as soon as they are.
    pub(super) fn now_or_later(self: &Rc<Self>, msg: Msg) -> Option<Msg> {
        if self.is_whole.get() {
            return Some(msg);
        }
        if msg.is_first() {
            // Who types on, where nothing waits any longer, wants something else sent.
            if msg.is_typed() && !self.model.borrow().shared.waits {
                self.put_off
                    .borrow_mut()
                    .retain(|other| !matches!(other, Msg::GoOn));
            }
            return Some(msg);
        }
        if matches!(msg, Msg::GoOn) {
            // What was said of the last try goes.
            let says = [Msg::Waits(true), Msg::Flash(None)];
            self.messages.borrow_mut().extend(says);
        }
        {
            let mut put_off = self.put_off.borrow_mut();
            // Who presses a button again means the same.
            put_off.retain(|other| discriminant(other) != discriminant(&msg));
            put_off.push(msg);
        }
        self.begin(Order::Rest);
        None
    }

    /// What was put off is not wanted any longer: the dialog closes.
    pub(super) fn forget_put_off(&self) {
        self.put_off.borrow_mut().clear();
        if self.model.borrow().shared.waits {
            self.messages.borrow_mut().push(Msg::Waits(false));
        }
    }

    /// The rest is there, or will not come: a page's, as a Rust program has all of it. Whether somebody
    /// waited for it.
    #[cfg(feature = "js")]
    pub(crate) fn whole(self: &Rc<Self>, is_there: bool) -> bool {
        let put_off = self.put_off.take();
        // What came up by itself can do without it, and comes up again.
        let is_wanted = put_off
            .iter()
            .any(|msg| !matches!(msg, Msg::Online(_) | Msg::OtherTab(_) | Msg::PageRestored));
        if is_there {
            rest(self, put_off);
            return is_wanted;
        }
        self.dispatch(Msg::Waits(false));
        if is_wanted {
            let offline = self.model.borrow().shared.offline;
            let key = if offline {
                // It comes up again when the network does.
                *self.put_off.borrow_mut() = put_off;
                Key::ErrorOffline
            } else {
                Key::ErrorUnreachable
            };
            let text = self.dictionary.borrow().text(key).to_owned();
            let tone = Tone::Error;
            self.dispatch(Msg::Flash(Some(Flash { tone, text })));
        }
        is_wanted
    }
}

/// Goes on with all of the dialog. A page loads it behind the first screen.
#[cfg(feature = "js")]
#[inline(never)]
fn rest(inner: &Rc<Inner>, put_off: Vec<Msg>) {
    inner.is_whole.set(true);
    inner.dictionary.borrow_mut().complete();
    if let Some(mounted) = &*inner.mounted.borrow() {
        mounted.rest(inner, &inner.options.borrow());
    }
    inner.dispatch(Msg::Waits(false));
    for msg in put_off {
        inner.dispatch(msg);
    }
    // What is known of mail services came along.
    inner.dispatch(Msg::Tick { now_ms: now_ms() });
}
