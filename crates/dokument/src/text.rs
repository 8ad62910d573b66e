//! Text as XML, for the setters that write it themselves.

/// Text as XML or HTML, in content and in double-quoted attributes.
pub(crate) fn xml(text: &str) -> String {
    let mut ut = String::with_capacity(text.len());
    for tecken in text.chars() {
        match tecken {
            '&' => ut.push_str("&amp;"),
            '<' => ut.push_str("&lt;"),
            '>' => ut.push_str("&gt;"),
            '"' => ut.push_str("&quot;"),
            '\'' => ut.push_str("&#39;"),
            tecken => ut.push(tecken),
        }
    }
    ut
}
