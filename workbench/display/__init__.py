"""Static displays: a result describes itself as a page, and printers turn the page into text and HTML."""
