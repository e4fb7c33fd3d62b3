//! Stores data that outlives the dialog, for the tab or for the browser. Also sends messages to the browser's
//! other dialogs, in any tab.

use wasm_bindgen::JsCast;
use web_sys::MessageEvent;

use crate::browser::{Listener, now_ms};
use crate::model::{LastLogin, Memory, Msg, News};
use crate::options::Options;
use crate::page::{self, Channel, channel};

/// The storage that lasts as long as the tab.
const TAB: &str = "sessionStorage";
/// The storage that outlasts the tab.
const BROWSER: &str = "localStorage";

const SIGNED_IN: &str = "signed in";
const SENT: &str = "sent ";

/// The name of stored data and of the channel. Dialogs of one client at one tenant share it.
fn name(options: &Options) -> String {
    let config = &options.config;
    ["latchkey-lock/", &config.domain, "/", &config.client_id].concat()
}

/// Reads the data that this tab has stored.
pub(super) fn recall(options: &Options) -> Option<Memory> {
    let text = page::recall(TAB, &name(options))?;
    Memory::read(&text, now_ms())
}

/// Stores `text` for the life of the tab. If the storage is blocked, a reload loses the text.
pub(super) fn remember(options: &Options, text: &str) {
    page::keep(TAB, &name(options), text);
}

/// Reads the last login, if the page wants it remembered.
pub(super) fn recall_login(options: &Options) -> Option<LastLogin> {
    if !options.settings.remembers {
        return None;
    }
    let text = page::recall(BROWSER, &name(options))?;
    options.connections.read_login(&text)
}

/// Stores the last login, or removes it. The stored text contains no code and no token.
pub(super) fn remember_login(options: &Options, login: Option<&LastLogin>) {
    let text = login.map(|login| options.connections.write_login(login));
    page::keep(BROWSER, &name(options), &text.unwrap_or_default());
}

/// A channel to the browser's other dialogs. Dropping it closes the channel.
pub(super) struct DialogChannel {
    channel: Channel,
    _listener: Listener,
}

impl DialogChannel {
    /// Opens the channel and listens. `None` in a browser without `BroadcastChannel`.
    pub(super) fn open(options: &Options, send: impl Fn(Msg) + 'static) -> Option<Self> {
        let channel = channel(&name(options))?;
        let receive = move |event: web_sys::Event| {
            let text = event.unchecked_ref::<MessageEvent>().data().as_string();
            if let Some(news) = text.as_deref().and_then(read) {
                send(Msg::OtherTab(news));
            }
        };
        let listener = Listener::new(&channel, "message", Box::new(receive));
        Some(Self {
            channel,
            _listener: listener,
        })
    }

    /// Sends a message.
    pub(super) fn tell(&self, news: &News) {
        self.channel.tell(&write(news));
    }
}

impl Drop for DialogChannel {
    fn drop(&mut self) {
        self.channel.close();
    }
}

/// Sends a message for a closed dialog, which has no channel of its own.
pub(super) fn tell(options: &Options, news: &News) {
    if let Some(channel) = channel(&name(options)) {
        channel.tell(&write(news));
        channel.close();
    }
}

fn write(news: &News) -> String {
    match news {
        News::SignedIn => SIGNED_IN.to_owned(),
        News::Sent { to } => [SENT, to].concat(),
    }
}

/// Reads a message of another dialog.
pub(super) fn read(text: &str) -> Option<News> {
    if text == SIGNED_IN {
        return Some(News::SignedIn);
    }
    let to = text.strip_prefix(SENT)?.to_owned();
    Some(News::Sent { to })
}
