//! The parts of a Ballista cluster that know the function `quotes`, and a client that asks it.
//!
//! ```sh
//! cluster scheduler HOST PORT
//! cluster executor SCHEDULER_HOST SCHEDULER_PORT HOST PORT     # takes PORT and the one after it
//! cluster ask SCHEDULER_HOST SCHEDULER_PORT ARTICLES [SQL]
//! ```
//!
//! A host is an address that the others can reach; `ARTICLES` a place that all of them can read.

use std::env;
use std::error::Error;
use std::sync::Arc;

use ballista::prelude::{SessionConfigExt, SessionContextExt};
use ballista_executor::executor_process::{ExecutorProcessConfig, start_executor_process};
use ballista_scheduler::cluster::BallistaCluster;
use ballista_scheduler::config::SchedulerConfig;
use ballista_scheduler::scheduler_process::start_server;
use datafusion::execution::{FunctionRegistry, SessionState, SessionStateBuilder};
use datafusion::prelude::{SessionConfig, SessionContext};
use whosaid_datafusion::{BATCH, BY_MONTH, ask, quotes};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    match args[..] {
        ["scheduler", host, port] => scheduler(host, port.parse()?).await,
        ["executor", scheduler, scheduler_port, host, port] => {
            executor((scheduler, scheduler_port.parse()?), (host, port.parse()?)).await
        }
        ["ask", host, port, articles, ref question @ ..] if question.len() < 2 => {
            let context = SessionContext::remote_with_state(&format!("df://{host}:{port}"), state(config())?).await?;
            // What a state knows of functions Ballista replaces by its own.
            context.register_udf(quotes());
            Ok(ask(&context, articles, question.first().unwrap_or(&BY_MONTH)).await?)
        }
        _ => Err("how to call this stands at the head of src/bin/cluster.rs".into()),
    }
}

fn config() -> SessionConfig {
    SessionConfig::new_with_ballista().with_batch_size(BATCH)
}

/// What every part of the cluster must know: the functions.
fn state(config: SessionConfig) -> datafusion::error::Result<SessionState> {
    let mut state = SessionStateBuilder::new().with_config(config).with_default_features().build();
    state.register_udf(Arc::new(quotes()))?;
    Ok(state)
}

async fn scheduler(host: &str, port: u16) -> Result<(), Box<dyn Error>> {
    let config = SchedulerConfig {
        bind_host: host.to_owned(),
        external_host: host.to_owned(),
        bind_port: port,
        override_session_builder: Some(Arc::new(state)),
        override_config_producer: Some(Arc::new(config)),
        ..SchedulerConfig::default()
    };
    let cluster = BallistaCluster::new_from_config(&config).await?;
    Ok(start_server(cluster, format!("{host}:{port}").parse()?, Arc::new(config)).await?)
}

async fn executor((scheduler, scheduler_port): (&str, u16), (host, port): (&str, u16)) -> Result<(), Box<dyn Error>> {
    let config = ExecutorProcessConfig {
        bind_host: host.to_owned(),
        external_host: Some(host.to_owned()),
        port,
        grpc_port: port + 1,
        scheduler_host: scheduler.to_owned(),
        scheduler_port,
        scheduler_connect_timeout_seconds: 30,
        override_function_registry: Some(Arc::new((&state(config())?).into())),
        override_config_producer: Some(Arc::new(config)),
        ..ExecutorProcessConfig::default()
    };
    Ok(start_executor_process(Arc::new(config)).await?)
}
