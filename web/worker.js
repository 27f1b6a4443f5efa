// A worker of the planner.
import init, { solve } from "{{workbench}}";

serveQuestions(init({ module_or_path: "{{workbench_wasm}}" }), solve);
