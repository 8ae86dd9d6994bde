//! A real Chromium, driven by WebDriver (W3C WebDriver, and `goog/cdp/execute` for what that does not have).

use base64::Engine as _;
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Read};
use std::path::PathBuf;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

/// Longest that a page is waited for.
const PATIENCE: Duration = Duration::from_secs(20);
/// The name under which WebDriver hands elements over.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

pub const TAB: char = '\u{e004}';
pub const ENTER: char = '\u{e007}';
pub const ESCAPE: char = '\u{e00c}';
pub const DOWN: char = '\u{e015}';

/// A browser with one window; it ends with this value.
pub struct Browser {
    driver: Child,
    // a driver whose output nobody reads any more would end
    _told: BufReader<ChildStdout>,
    agent: ureq::Agent,
    session: String,
}

impl Drop for Browser {
    fn drop(&mut self) {
        // the driver ends its browser, and is ended itself where it does not answer
        let _ = self.agent.delete(&self.session).call();
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}

/// A program of the machine.
fn program(name: &str) -> Option<PathBuf> {
    std::env::split_paths(&std::env::var_os("PATH")?).map(|folder| folder.join(name)).find(|path| path.is_file())
}

/// Whether a browser can be started.
pub fn is_installed() -> bool {
    program("chromedriver").is_some() && program("chromium").is_some()
}

impl Browser {
    /// Starts one; none where it is not installed.
    pub fn start() -> Option<Browser> {
        let (driver, chromium) = (program("chromedriver")?, program("chromium")?);
        let mut command = Command::new(driver);
        let mut driver =
            command.arg("--port=0").stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("it starts");
        let mut told = BufReader::new(driver.stdout.take().expect("its output"));
        let mut lines = told.by_ref().lines().map_while(Result::ok);
        let port =
            lines.find_map(|line| line.rsplit_once("successfully on port ")?.1.trim_end_matches('.').parse().ok());
        let port: u16 = port.expect("the driver's port");
        let config = ureq::Agent::config_builder().http_status_as_error(false).proxy(None);
        let agent = config.timeout_global(Some(Duration::from_mins(1))).build().new_agent();
        let mut browser = Browser { driver, _told: told, agent, session: format!("http://127.0.0.1:{port}/session") };
        let options = json!({
            "binary": chromium,
            "args": [
                "--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--no-first-run",
                "--disable-background-networking", "--disable-component-update", "--disable-sync",
                "--window-size=1280,1000",
            ],
            "prefs": { "intl.accept_languages": "de" },
        });
        let wanted = json!({ "browserName": "chrome", "goog:chromeOptions": options, "goog:loggingPrefs": { "browser": "ALL" } });
        let started = browser.post("", &json!({ "capabilities": { "alwaysMatch": wanted } }));
        let id = started["sessionId"].as_str().expect("a session").to_owned();
        browser.session = format!("{}/{id}", browser.session);
        Some(browser)
    }

    #[track_caller]
    fn post(&self, command: &str, body: &Value) -> Value {
        let request = self.agent.post(format!("{}{command}", self.session)).header("content-type", "application/json");
        answered(command, request.send(body.to_string()))
    }

    #[track_caller]
    fn read(&self, command: &str) -> Value {
        answered(command, self.agent.get(format!("{}{command}", self.session)).call())
    }

    /// A command of the browser's own protocol.
    #[track_caller]
    fn own(&self, command: &str, parameters: &Value) {
        self.post("/goog/cdp/execute", &json!({ "cmd": command, "params": parameters }));
    }

    /// Opens an address.
    #[track_caller]
    pub fn go(&self, address: &str) {
        self.post("/url", &json!({ "url": address }));
    }

    /// Its button.
    #[track_caller]
    pub fn back(&self) {
        self.post("/back", &json!({}));
    }

    /// Its button.
    #[track_caller]
    pub fn reload(&self) {
        self.post("/refresh", &json!({}));
    }

    /// Path and query of the page.
    #[track_caller]
    pub fn address(&self) -> String {
        let url = self.read("/url");
        let url = url.as_str().expect("an address");
        url.splitn(4, '/').nth(3).map_or_else(|| url.to_owned(), |path| format!("/{path}"))
    }

    /// The elements of a selector.
    #[track_caller]
    pub fn all(&self, selector: &str) -> Vec<String> {
        let found = self.post("/elements", &json!({ "using": "css selector", "value": selector }));
        let found = found.as_array().expect("elements").iter();
        found.map(|element| element[ELEMENT].as_str().expect("an element").to_owned()).collect()
    }

    /// The first element of a selector.
    #[track_caller]
    pub fn one(&self, selector: &str) -> String {
        let found = self.all(selector).into_iter().next();
        found.unwrap_or_else(|| panic!("no {selector} at {}", self.address()))
    }

    /// The text that is shown of an element.
    #[track_caller]
    pub fn text(&self, element: &str) -> String {
        self.read(&format!("/element/{element}/text")).as_str().expect("a text").to_owned()
    }

    /// The texts that are shown of a selector's elements.
    #[track_caller]
    pub fn texts(&self, selector: &str) -> Vec<String> {
        self.all(selector).iter().map(|element| self.text(element)).collect()
    }

    /// A property of a selector's first element, as text.
    #[track_caller]
    pub fn property(&self, selector: &str, name: &str) -> String {
        let element = self.one(selector);
        let value = self.read(&format!("/element/{element}/property/{name}"));
        value.as_str().map_or_else(|| value.to_string(), str::to_owned)
    }

    /// Clicks a selector's first element.
    #[track_caller]
    pub fn click(&self, selector: &str) {
        let element = self.one(selector);
        self.post(&format!("/element/{element}/click"), &json!({}));
    }

    /// Types into a selector's first element.
    #[track_caller]
    pub fn fill(&self, selector: &str, text: &str) {
        let element = self.one(selector);
        self.post(&format!("/element/{element}/value"), &json!({ "text": text }));
    }

    /// Presses keys one after the other, wherever the focus is.
    #[track_caller]
    pub fn press(&self, keys: impl IntoIterator<Item = char>) {
        let strokes = keys.into_iter().flat_map(|key| {
            let key = key.to_string();
            [json!({ "type": "keyDown", "value": key }), json!({ "type": "keyUp", "value": key })]
        });
        let strokes: Vec<Value> = strokes.collect();
        self.post("/actions", &json!({ "actions": [{ "type": "key", "id": "keys", "actions": strokes }] }));
    }

    /// Draws the pointer from one place of the window to another with its button pressed.
    #[track_caller]
    pub fn drag(&self, from: (f64, f64), to: (f64, f64)) {
        let at = |(x, y): (f64, f64)| json!({ "type": "pointerMove", "duration": 60, "x": x.round(), "y": y.round() });
        let (down, up) = (json!({ "type": "pointerDown", "button": 0 }), json!({ "type": "pointerUp", "button": 0 }));
        let mouse = json!({ "type": "pointer", "id": "mouse", "parameters": { "pointerType": "mouse" },
            "actions": [at(from), down, at(to), up] });
        self.post("/actions", &json!({ "actions": [mouse] }));
    }

    /// Moves the pointer onto a selector's first element.
    #[track_caller]
    pub fn point(&self, selector: &str) {
        let origin = json!({ ELEMENT: self.one(selector) });
        let to = json!({ "type": "pointerMove", "duration": 60, "x": 0, "y": 0, "origin": origin });
        let mouse =
            json!({ "type": "pointer", "id": "mouse", "parameters": { "pointerType": "mouse" }, "actions": [to] });
        self.post("/actions", &json!({ "actions": [mouse] }));
    }

    /// Runs a script in the page and gives what it returns.
    #[track_caller]
    pub fn run(&self, script: &str) -> Value {
        self.post("/execute/sync", &json!({ "script": script, "args": [] }))
    }

    /// Runs a script that calls its last argument when it is done.
    #[track_caller]
    pub fn run_until_called(&self, script: &str) -> Value {
        self.post("/execute/async", &json!({ "script": script, "args": [] }))
    }

    /// Waits until something holds of the page.
    #[track_caller]
    pub fn wait(&self, what: &str, holds: impl Fn(&Browser) -> bool) {
        let until = Instant::now() + PATIENCE;
        while !holds(self) {
            assert!(Instant::now() < until, "{what}: not at {}", self.address());
            std::thread::sleep(Duration::from_millis(30));
        }
    }

    /// Makes the window show pages so wide and so high, in CSS pixels.
    #[track_caller]
    pub fn screen(&self, width: u32, height: u32) {
        let size = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.own("Emulation.setDeviceMetricsOverride", &size);
    }

    /// Sets the width of the page; 0 for that of the window.
    #[track_caller]
    pub fn width(&self, width: u32) {
        if width == 0 {
            self.own("Emulation.clearDeviceMetricsOverride", &json!({}));
        } else {
            self.screen(width, 780);
        }
    }

    /// Sets whether the reader likes dark pages.
    #[track_caller]
    pub fn dark(&self, dark: bool) {
        let scheme = json!({ "name": "prefers-color-scheme", "value": if dark { "dark" } else { "light" } });
        // what is still moving cannot be clicked
        let motion = json!({ "name": "prefers-reduced-motion", "value": "reduce" });
        self.own("Emulation.setEmulatedMedia", &json!({ "features": [scheme, motion] }));
    }

    /// Sets whether pages may run scripts.
    #[track_caller]
    pub fn scripts(&self, on: bool) {
        self.own("Emulation.setScriptExecutionDisabled", &json!({ "value": !on }));
    }

    /// What the page was blamed for since it was last asked: errors and refusals of its policy.
    #[track_caller]
    pub fn complaints(&self) -> Vec<String> {
        let lines = self.post("/se/log", &json!({ "type": "browser" }));
        let lines = lines.as_array().expect("lines").iter().filter(|line| line["level"] == "SEVERE");
        lines.map(|line| line["message"].as_str().unwrap_or_default().to_owned()).collect()
    }

    /// A picture of the page, as PNG.
    #[track_caller]
    pub fn picture(&self) -> Vec<u8> {
        let picture = self.read("/screenshot");
        base64::engine::general_purpose::STANDARD.decode(picture.as_str().expect("a picture")).expect("base64")
    }
}

/// The value of the driver's answer.
#[track_caller]
fn answered(command: &str, answer: Result<ureq::http::Response<ureq::Body>, ureq::Error>) -> Value {
    let mut response = answer.unwrap_or_else(|error| panic!("{command}: {error}"));
    let body = response.body_mut().with_config().limit(1 << 28).read_to_vec().expect("an answer");
    let mut answer: Value = serde_json::from_slice(&body).expect("JSON");
    let value = answer["value"].take();
    assert!(response.status().is_success(), "{command}: {} {}", value["error"], value["message"]);
    value
}
