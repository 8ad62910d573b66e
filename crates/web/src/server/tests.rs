use super::Granser;
use crate::Installningar;
use crate::prov::Varld;
use std::net::SocketAddr;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use tokio::time::{Instant, sleep, timeout};

/// A server on a socket, until `stanna`.
struct Server {
    _varld: Varld,
    adress: SocketAddr,
    stanna: oneshot::Sender<()>,
    arbete: JoinHandle<()>,
}

impl Server {
    async fn ny(granser: Granser) -> Self {
        let installningar = Installningar {
            granser,
            ..Installningar::default()
        };
        let varld = Varld::tom(installningar);
        let uttag = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let adress = uttag.local_addr().unwrap();
        let (stanna, stannar) = oneshot::channel::<()>();
        let webb = varld.webb.clone();
        let arbete = tokio::spawn(async move {
            webb.visa(uttag, async { drop(stannar.await) })
                .await
                .unwrap();
        });
        Self {
            _varld: varld,
            adress,
            stanna,
            arbete,
        }
    }

    async fn fraga(&self, text: &str) -> String {
        let mut strom = TcpStream::connect(self.adress).await.unwrap();
        strom.write_all(text.as_bytes()).await.unwrap();
        let mut svar = Vec::new();
        let _ = strom.read_to_end(&mut svar).await;
        String::from_utf8_lossy(&svar).into_owned()
    }

    async fn frisk(&self) -> bool {
        let fraga = self.fraga("GET /halsa HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n");
        let svar = timeout(Duration::from_secs(5), fraga).await;
        svar.is_ok_and(|svar| svar.starts_with("HTTP/1.1 200") && svar.ends_with("frisk\n"))
    }

    /// One that asks for a file many times and never reads what comes.
    async fn doljer_sig(&self) -> TcpStream {
        let uttag = TcpSocket::new_v4().unwrap();
        uttag.set_recv_buffer_size(4096).unwrap();
        let mut strom = uttag.connect(self.adress).await.unwrap();
        let fraga = "GET /statiskt/utfall.css HTTP/1.1\r\nhost: x\r\n\r\n".repeat(400);
        let _ = strom.write_all(fraga.as_bytes()).await;
        strom
    }
}

fn snabba() -> Granser {
    Granser {
        anslutningar: 20,
        per_adress: None,
        huvud: Duration::from_millis(500),
        skriv: Duration::from_millis(500),
    }
}

/// Until it is well, or so long.
async fn frisk_inom(server: &Server, tid: Duration) -> bool {
    let start = Instant::now();
    while start.elapsed() < tid {
        if server.frisk().await {
            return true;
        }
        sleep(Duration::from_millis(50)).await;
    }
    false
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn it_answers_on_a_socket_refuses_huge_heads_and_stops_when_told() {
    let server = Server::ny(Granser::default()).await;
    assert!(server.frisk().await);
    let stort = "a".repeat(100 * 1024);
    let svar = server
        .fraga(&format!(
            "GET / HTTP/1.1\r\nhost: x\r\nx-stort: {stort}\r\n\r\n"
        ))
        .await;
    assert!(
        svar.starts_with("HTTP/1.1 431") || svar.is_empty(),
        "{svar}"
    );
    let adress = server.adress;
    server.stanna.send(()).unwrap();
    server.arbete.await.unwrap();
    assert!(TcpStream::connect(adress).await.is_err());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn those_who_never_read_are_let_go_and_the_server_is_well_again() {
    let granser = Granser {
        skriv: Duration::from_secs(4),
        ..snabba()
    };
    let server = Server::ny(granser).await;
    let mut tysta = Vec::new();
    for _ in 0..20 {
        tysta.push(server.doljer_sig().await);
    }
    // They hold every place, and who comes now is told so at once.
    let svar = server.fraga("").await;
    assert!(svar.starts_with("HTTP/1.1 503"), "{svar}");
    assert!(
        svar.contains("retry-after: 30\r\n") && svar.ends_with("igen.\n"),
        "{svar}"
    );
    assert!(frisk_inom(&server, Duration::from_secs(20)).await);
    drop(tysta);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_a_time_limit_those_who_never_read_hold_the_server() {
    // The positive control of the one above.
    let granser = Granser {
        skriv: Duration::from_secs(3_600),
        ..snabba()
    };
    let server = Server::ny(granser).await;
    let mut tysta = Vec::new();
    for _ in 0..20 {
        tysta.push(server.doljer_sig().await);
    }
    assert!(!frisk_inom(&server, Duration::from_secs(2)).await);
    drop(tysta);
    assert!(frisk_inom(&server, Duration::from_secs(10)).await);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn those_who_say_nothing_or_half_a_head_are_let_go() {
    let server = Server::ny(snabba()).await;
    let mut halva = Vec::new();
    for nr in 0..20 {
        let mut strom = TcpStream::connect(server.adress).await.unwrap();
        if nr % 2 == 0 {
            strom.write_all(b"GET / HTTP/1.1\r\nhost:").await.unwrap();
        }
        halva.push(strom);
    }
    assert!(frisk_inom(&server, Duration::from_secs(10)).await);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_address_holds_only_its_part() {
    let granser = Granser {
        per_adress: Some(3),
        huvud: Duration::from_secs(60),
        ..snabba()
    };
    let server = Server::ny(granser).await;
    let mut egna = Vec::new();
    for _ in 0..3 {
        egna.push(TcpStream::connect(server.adress).await.unwrap());
    }
    sleep(Duration::from_millis(100)).await;
    assert!(server.fraga("").await.starts_with("HTTP/1.1 503"));
    egna.pop();
    assert!(frisk_inom(&server, Duration::from_secs(10)).await);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_who_asks_many_at_once_and_reads_gets_every_answer_in_order() {
    let server = Server::ny(snabba()).await;
    let fraga = "GET /statiskt/utfall.css HTTP/1.1\r\nhost: x\r\n\r\n".repeat(50)
        + "GET /halsa HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n";
    let svar = server.fraga(&fraga).await;
    assert_eq!(svar.matches("HTTP/1.1 200").count(), 51);
    assert!(svar.ends_with("frisk\n"));
}
