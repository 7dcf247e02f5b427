// Argument: an AsyncAPI document. Fails if the parser of the standard finds an error or a warning.
import { readFileSync } from "node:fs";
import { DiagnosticSeverity, Parser } from "@asyncapi/parser";

const { document, diagnostics } = await new Parser().parse(readFileSync(process.argv[2], "utf8"));
const problems = diagnostics.filter(({ severity }) => severity <= DiagnosticSeverity.Warning);
for (const { path, message } of problems) {
  console.log(`${path.join(".")}: ${message}`);
}
if (problems.length === 0) {
  console.log(`${document.allMessages().length} messages`);
}
process.exitCode = problems.length > 0 ? 1 : 0;
