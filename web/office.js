// A worker of the office module.
import init, * as office from "{{office}}";

serveOffice(init({ module_or_path: "{{office_wasm}}" }), office);
