"""The report of a season to be read, printed and bound: a page, a PDF, and their charts."""
