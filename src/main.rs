//! Arguments in, exit code out.
fn main() {
    let bytes = std::fs::read(std::env::args().nth(1).unwrap()).unwrap();
    match inngest_offload::compile::compile("x", bytes) {
        Ok(c) => {
            println!("{}", serde_json::to_string_pretty(&c.contract).unwrap());
            for d in c.findings {
                println!("{} {} {}", d.location, d.rule.id, d.message)
            }
        }
        Err(e) => {
            for d in e {
                println!("{} {} {} -- {}", d.location, d.rule.id, d.message, d.help)
            }
        }
    }
}
