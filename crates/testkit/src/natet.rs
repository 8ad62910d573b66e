//! A server in a process of its own, and somebody who talks to it over a socket. Blocking and
//! small: what is measured or killed is the server, not the one who asks.

use crate::webb::{dolda, kodat};
use std::collections::BTreeMap;
use std::io::{self, BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::Duration;

/// How long an answer may take before it counts as none.
const TALAMOD: Duration = Duration::from_secs(60);

/// A server under way. Dropped, it is killed.
pub struct Server {
    barn: Child,
    /// What it printed after its address.
    pub rader: Vec<String>,
    /// Host and port.
    pub adress: String,
}

impl Server {
    /// Starts the program and waits for its address, and then for lines as long as `fler` says
    /// of those read that there are more.
    ///
    /// # Errors
    /// What the program printed when it gave no address.
    pub fn starta(mut program: Command, fler: impl Fn(&[String]) -> bool) -> Result<Self, String> {
        let mut barn = program
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(|fel| fel.to_string())?;
        let ut = barn.stdout.take().ok_or("ingen utmatning")?;
        let mut ut = BufReader::new(ut);
        let mut nasta = || {
            let mut rad = String::new();
            ut.read_line(&mut rad).map_err(|fel| fel.to_string())?;
            Ok::<_, String>(rad.trim().to_owned())
        };
        let rad = nasta()?;
        let Some(adress) = rad.strip_prefix("Adress: http://") else {
            let _ = barn.kill();
            let mut fel = String::new();
            if let Some(mut ror) = barn.stderr.take() {
                let _ = ror.read_to_string(&mut fel);
            }
            let _ = barn.wait();
            return Err(format!("{rad}{fel}"));
        };
        let mut rader: Vec<String> = Vec::new();
        while fler(&rader) {
            rader.push(nasta()?);
        }
        Ok(Self {
            adress: adress.to_owned(),
            barn,
            rader,
        })
    }

    /// The process's number.
    #[must_use]
    pub fn pid(&self) -> u32 {
        self.barn.id()
    }

    /// Kills it as when the power goes to the process: nothing can be tidied up.
    ///
    /// # Errors
    /// When it could not be waited for.
    pub fn doda(&mut self) -> io::Result<ExitStatus> {
        let _ = self.barn.kill();
        self.barn.wait()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.doda();
    }
}

/// An answer.
#[derive(Debug)]
pub struct Natsvar {
    /// Status.
    pub status: u16,
    /// Where it leads; empty when nowhere.
    pub till: String,
    /// Body.
    pub text: String,
}

/// Somebody with cookies and one connection that is kept.
pub struct Klient {
    adress: String,
    uttag: Option<BufReader<TcpStream>>,
    kakor: BTreeMap<String, String>,
    kropp: Vec<u8>,
}

impl Klient {
    /// Towards a server; connects at the first request.
    #[must_use]
    pub fn ny(adress: &str) -> Self {
        Self {
            adress: adress.to_owned(),
            uttag: None,
            kakor: BTreeMap::new(),
            kropp: Vec::new(),
        }
    }

    /// The same cookies towards another server: the one that was started after a crash.
    pub fn till(&mut self, adress: &str) {
        adress.clone_into(&mut self.adress);
        self.uttag = None;
    }

    /// A request as bytes, with the cookies; `kropp` is a form.
    #[must_use]
    pub fn begaran(&self, metod: &str, stig: &str, kropp: Option<&str>) -> Vec<u8> {
        let kakor: Vec<String> = self.kakor.iter().map(|(n, v)| format!("{n}={v}")).collect();
        let mut huvud = format!("{metod} {stig} HTTP/1.1\r\nHost: {}\r\n", self.adress);
        if !kakor.is_empty() {
            huvud += &format!("Cookie: {}\r\n", kakor.join("; "));
        }
        if let Some(kropp) = kropp {
            huvud += "Sec-Fetch-Site: same-origin\r\n";
            huvud += "Content-Type: application/x-www-form-urlencoded\r\n";
            huvud += &format!("Content-Length: {}\r\n", kropp.len());
        }
        format!("{huvud}\r\n{}", kropp.unwrap_or_default()).into_bytes()
    }

    /// Sends bytes and reads the answer to its end: its status and where it leads. The body is
    /// kept until the next.
    ///
    /// # Errors
    /// When the connection breaks or the answer is not one.
    pub fn skicka(&mut self, begaran: &[u8]) -> io::Result<(u16, String)> {
        let mut uttag = match self.uttag.take() {
            Some(uttag) => uttag,
            None => self.anslut()?,
        };
        uttag.get_mut().write_all(begaran)?;
        let svar = self.las(&mut uttag)?;
        self.uttag = Some(uttag);
        Ok(svar)
    }

    /// Bytes in the last answer's body.
    #[must_use]
    pub fn langd(&self) -> usize {
        self.kropp.len()
    }

    fn anslut(&self) -> io::Result<BufReader<TcpStream>> {
        let uttag = TcpStream::connect(&self.adress)?;
        uttag.set_nodelay(true)?;
        uttag.set_read_timeout(Some(TALAMOD))?;
        Ok(BufReader::with_capacity(64 * 1024, uttag))
    }

    fn las(&mut self, uttag: &mut BufReader<TcpStream>) -> io::Result<(u16, String)> {
        let (mut rad, mut status, mut till) = (String::new(), 0, String::new());
        let mut langd = 0;
        loop {
            rad.clear();
            if uttag.read_line(&mut rad)? == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            let hel = rad.trim_end();
            if hel.is_empty() {
                break;
            }
            if status == 0 {
                let kod = hel.split(' ').nth(1).and_then(|kod| kod.parse().ok());
                status = kod.ok_or(io::ErrorKind::InvalidData)?;
                continue;
            }
            let (namn, varde) = hel.split_once(':').unwrap_or((hel, ""));
            let varde = varde.trim();
            match namn.to_ascii_lowercase().as_str() {
                "content-length" => {
                    langd = varde.parse().map_err(|_| io::ErrorKind::InvalidData)?;
                }
                "transfer-encoding" => return Err(io::ErrorKind::Unsupported.into()),
                "location" => varde.clone_into(&mut till),
                "set-cookie" => self.kaka(varde),
                _ => {}
            }
        }
        self.kropp.resize(langd, 0);
        uttag.read_exact(&mut self.kropp)?;
        Ok((status, till))
    }

    fn kaka(&mut self, rad: &str) {
        let (namn, rest) = rad.split_once('=').unwrap_or((rad, ""));
        match rest.split(';').next().unwrap_or_default() {
            "" => self.kakor.remove(namn),
            varde => self.kakor.insert(namn.to_owned(), varde.to_owned()),
        };
    }

    fn svar(&mut self, begaran: &[u8]) -> io::Result<Natsvar> {
        let (status, till) = self.skicka(begaran)?;
        let text = String::from_utf8_lossy(&self.kropp).into_owned();
        Ok(Natsvar { status, till, text })
    }

    /// Reads a page.
    ///
    /// # Errors
    /// As [`Klient::skicka`].
    pub fn hamta(&mut self, stig: &str) -> io::Result<Natsvar> {
        self.svar(&self.begaran("GET", stig, None))
    }

    /// Sends a form that is already written.
    ///
    /// # Errors
    /// As [`Klient::skicka`].
    pub fn posta(&mut self, stig: &str, kropp: &str) -> io::Result<Natsvar> {
        self.svar(&self.begaran("POST", stig, Some(kropp)))
    }

    /// Reads the page and writes its form, with these fields instead of its own.
    ///
    /// # Errors
    /// As [`Klient::skicka`].
    ///
    /// # Panics
    /// When the page has no form of its own.
    pub fn ifyllt(&mut self, stig: &str, falt: &[(&str, &str)]) -> io::Result<(String, String)> {
        let sida = self.hamta(stig)?;
        assert_eq!(sida.status, 200, "{stig} {}", sida.text);
        let dolda = dolda(&sida.text, stig);
        let egna = dolda
            .iter()
            .filter(|(n, _)| !falt.iter().any(|(f, _)| f == n));
        let egna = egna.map(|(n, v)| (n.as_str(), v.as_str()));
        let alla: Vec<(&str, &str)> = falt.iter().copied().chain(egna).collect();
        Ok((sida.text, kodat(&alla)))
    }

    /// Fills in the form for signing in.
    ///
    /// # Errors
    /// As [`Klient::skicka`].
    ///
    /// # Panics
    /// When there is no such form.
    pub fn logga_in(&mut self, konto: &str, losenord: &str) -> io::Result<Natsvar> {
        let falt = [("konto", konto), ("losenord", losenord)];
        let (_, kropp) = self.ifyllt("/logga-in", &falt)?;
        self.posta("/logga-in", &kropp)
    }
}
