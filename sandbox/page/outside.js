// How a page around this one steers it: by its address, or by postMessage from the same machine.
//
//   ?as=U_ANIA&channel=C_NORTHWIND&type=/points      who you are, where you are, what stands in the message box
//   ?channel=app, ?tab=home                          the talk with the app, its Home
//   ?theme=dark|light                                else the system's
//   frame.contentWindow.postMessage({ as, channel, tab, type, send: true, click: "Approve", choose: "Tea" }, origin)
//
// Every part may be missing. `send: true` also sends what was typed; `focus: false` leaves the focus where it is.
// `click` presses the newest button labelled so, in the window on top or else in what is shown; `choose` takes the
// newest option labelled so. To the page around it this one says { slack: "ready" } once it stands,
// { slack: "said", channel, user, text } for each message that comes, and { slack: "interrupts" } when a window
// takes the focus away from there.

const LOOPBACK = new Set(["127.0.0.1", "localhost", "[::1]"]);

const isLoopback = (origin) => URL.canParse(origin) && LOOPBACK.has(new URL(origin).hostname);

/** What the address asks for. */
export const fromAddress = () => Object.fromEntries(new URLSearchParams(location.search));

/** Call `go` for each wish from a page on this machine. */
export function hearWishes(go) {
  addEventListener("message", (event) => {
    const foreign = !isLoopback(event.origin) && event.origin !== location.origin;
    if (!foreign && event.data && typeof event.data === "object" && !("slack" in event.data)) go(event.data);
  });
}

/** Do something that takes the focus. Where it was in the page around this one, that page is told, and may take it back. */
export function interrupting(does) {
  const elsewhere = parent !== window && !document.hasFocus();
  does();
  if (elsewhere) tell({ slack: "interrupts" });
}

/** Tell the page around this one, if there is one. */
export function tell(fact) {
  if (parent !== window) parent.postMessage(fact, "*");
}
