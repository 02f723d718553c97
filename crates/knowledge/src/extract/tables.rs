//! Tables as sentences: each row becomes one line that can be quoted on its own ("Size M: Chest 96-101 cm").

use scraper::{ElementRef, Selector};

/// Rows beyond this are not a table people read.
const MOST_ROWS: usize = 500;

struct Cell {
    text: String,
    heading: bool,
}

/// The rows of a table as sentences; nothing if it only arranges the page.
pub(super) fn rows(table: ElementRef<'_>) -> Option<Vec<String>> {
    let inner = Selector::parse("table, h1, h2, h3, ul, p + p").ok()?;
    if table.select(&inner).next().is_some() {
        return None;
    }
    let cells = cells(table)?;
    let widest = cells.iter().map(Vec::len).max()?;
    if widest < 2 || cells.len() < 2 && !cells.iter().flatten().any(|cell| cell.heading) {
        return None;
    }
    let has_head = cells.first()?.iter().all(|cell| cell.heading || cell.text.is_empty()) && cells.len() > 1;
    let (head, body) =
        if has_head { cells.split_first().map(|(head, body)| (Some(head), body))? } else { (None, cells.as_slice()) };
    let titles: Vec<&str> = head.map(|row| row.iter().map(|cell| cell.text.as_str()).collect()).unwrap_or_default();
    Some(body.iter().filter_map(|row| sentence(row, &titles)).collect())
}

fn cells(table: ElementRef<'_>) -> Option<Vec<Vec<Cell>>> {
    let (row, cell) = (Selector::parse("tr").ok()?, Selector::parse("th, td").ok()?);
    let read = |element: ElementRef<'_>| Cell {
        text: element.text().flat_map(str::split_whitespace).collect::<Vec<_>>().join(" "),
        heading: element.value().name() == "th",
    };
    Some(table.select(&row).take(MOST_ROWS).map(|row| row.select(&cell).map(read).collect()).collect())
}

fn sentence(row: &[Cell], titles: &[&str]) -> Option<String> {
    let (first, rest) = row.split_first()?;
    let title = |at: usize| titles.get(at).copied().filter(|title| !title.is_empty());
    let named = match title(0) {
        Some(name) if !first.text.is_empty() => format!("{name} {}", first.text),
        _ => first.text.clone(),
    };
    let values: Vec<String> = rest
        .iter()
        .enumerate()
        .filter(|(_, cell)| !cell.text.is_empty())
        .map(|(at, cell)| title(at + 1).map_or(cell.text.clone(), |title| format!("{title} {}", cell.text)))
        .collect();
    match (named.is_empty(), values.is_empty()) {
        (true, true) => None,
        (false, true) => Some(named),
        (true, false) => Some(values.join(", ")),
        (false, false) => Some(format!("{}: {}", named.trim_end_matches(':'), values.join(", "))),
    }
}

#[cfg(test)]
mod tests {
    use scraper::Html;

    use super::*;

    fn read(html: &str) -> Option<Vec<String>> {
        let document = Html::parse_document(html);
        rows(document.select(&Selector::parse("table").unwrap()).next().unwrap())
    }

    #[test]
    fn rows_are_sentences_with_and_without_a_head() {
        let priced = "<table><tr><th>Country</th><th>Price</th><th>Days</th></tr><tr><td>Austria</td><td>€ 4.90</td><td>2–3</td></tr></table>";
        assert_eq!(read(priced).unwrap(), ["Country Austria: Price € 4.90, Days 2–3"]);
        let plain =
            "<table><tr><td>Size M</td><td>96-101 cm</td></tr><tr><th>Size L:</th><td>102-107 cm</td></tr></table>";
        assert_eq!(read(plain).unwrap(), ["Size M: 96-101 cm", "Size L: 102-107 cm"]);
    }

    #[test]
    fn a_table_that_arranges_the_page_is_not_a_table() {
        assert!(read("<table><tr><td><h1>Shop</h1></td><td>x</td></tr></table>").is_none());
        assert!(read("<table><tr><td>alone</td></tr></table>").is_none());
    }
}
