//! A scheduler and two executors on this machine answer as a single process does.

use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Output, Stdio};
use std::thread;
use std::time::Duration;

use whosaid_datafusion::sample;

const HOST: &str = "127.0.0.1";

/// A part of the cluster, ended with the test.
struct Part(Child);

impl Part {
    fn start(args: &[&str]) -> Part {
        let mut command = Command::new(env!("CARGO_BIN_EXE_cluster"));
        Part(command.args(args).stdout(Stdio::null()).spawn().expect("it is built"))
    }
}

impl Drop for Part {
    fn drop(&mut self) {
        self.0.kill().and_then(|()| self.0.wait()).expect("it is still there");
    }
}

fn free_port() -> String {
    TcpListener::bind((HOST, 0)).and_then(|listener| listener.local_addr()).expect("a port is free").port().to_string()
}

fn wait_for(port: &str) {
    for _ in 0..300 {
        if TcpStream::connect((HOST, port.parse().unwrap())).is_ok() {
            return;
        }
        thread::sleep(Duration::from_millis(100));
    }
    panic!("nobody listens on port {port}");
}

fn stdout(output: Output) -> String {
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout).unwrap()
}

#[tokio::test]
async fn two_executors_answer_as_one_process() {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("cluster-articles");
    sample::write(&folder).await.unwrap();
    let folder = folder.to_str().unwrap();

    let port = free_port();
    let _scheduler = Part::start(&["scheduler", HOST, &port]);
    wait_for(&port);
    let executors: Vec<_> = (0..2)
        .map(|_| {
            let own = free_port();
            let part = Part::start(&["executor", HOST, &port, HOST, &own]);
            wait_for(&own);
            part
        })
        .collect();

    let cluster = Command::new(env!("CARGO_BIN_EXE_cluster")).args(["ask", HOST, &port, folder]).output().unwrap();
    let alone = Command::new(env!("CARGO_BIN_EXE_whosaid-datafusion")).arg(folder).output().unwrap();
    assert_eq!(stdout(cluster), stdout(alone));
    assert_eq!(executors.len(), 2);
}
