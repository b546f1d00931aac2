// Reads a feed on standard input with the Podcast Index's own parser and prints what it understood as JSON.
import { readFileSync } from "node:fs";
import partytime from "podcast-partytime";

const parsed = await partytime.parseFeed(readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(parsed));
