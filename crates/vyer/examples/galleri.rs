//! Writes every sample of every page to a folder, with stylesheet, to be looked at.

use std::path::PathBuf;
use std::process::ExitCode;

use utfall_vyer::{exempel, statiskt};

fn main() -> ExitCode {
    let Some(mapp) = std::env::args().nth(1).map(PathBuf::from) else {
        eprintln!("galleri: ange mappen som sidorna ska skrivas till");
        return ExitCode::from(2);
    };
    match skriv(&mapp) {
        Ok(antal) => {
            println!("{antal} sidor i {}", mapp.display());
            ExitCode::SUCCESS
        }
        Err(fel) => {
            eprintln!("galleri: {}: {fel}", mapp.display());
            ExitCode::FAILURE
        }
    }
}

fn skriv(mapp: &std::path::Path) -> Result<usize, Box<dyn std::error::Error>> {
    std::fs::create_dir_all(mapp)?;
    let sidor = exempel::alla()?;
    for sida in &sidor {
        let mut html = sida.html.clone();
        for f in statiskt::ALLA {
            html = html.replace(&f.href(), f.namn);
        }
        std::fs::write(mapp.join(format!("{}.html", sida.namn)), html)?;
    }
    for f in statiskt::ALLA {
        std::fs::write(mapp.join(f.namn), f.innehall)?;
    }
    Ok(sidor.len())
}
