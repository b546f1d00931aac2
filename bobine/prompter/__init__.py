"""The presenter's view of a live show: what it says, and the web page that shows it on a tablet."""
