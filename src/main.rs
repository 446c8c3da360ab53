//! Scaffold until the commands land: `<spec>` prints contract and findings, `<spec> <folder>` writes artifacts.
fn main() {
    let mut args = std::env::args().skip(1);
    let path = args.next().unwrap();
    let bytes = std::fs::read(&path).unwrap();
    match inngest_offload::compile::compile(&path, bytes) {
        Ok(c) => {
            for d in &c.findings {
                println!("{} {} {}", d.location, d.rule.id, d.message)
            }
            let Some(out) = args.next() else {
                return println!("{}", serde_json::to_string_pretty(&c.contract).unwrap());
            };
            let templates = inngest_offload::emit::Templates::built_in().unwrap();
            let emission = inngest_offload::emit::Emission {
                contract: &c.contract,
                spec: "spec/inngest-offload.yaml",
                templates: &templates,
            };
            for a in inngest_offload::emit::emit(&emission).unwrap() {
                let file = std::path::Path::new(&out).join(a.path.as_str());
                std::fs::create_dir_all(file.parent().unwrap()).unwrap();
                std::fs::write(file, a.text).unwrap();
            }
        }
        Err(e) => {
            for d in e {
                println!("{} {} {} -- {}", d.location, d.rule.id, d.message, d.help)
            }
        }
    }
}
