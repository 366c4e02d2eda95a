//! Asks in SQL who says what in articles that are kept as Parquet.
//!
//! ```sh
//! cargo run                                       # who was quoted how often by month, in sample articles
//! cargo run -- articles/                          # the same in a file or folder of yours: id, date, body
//! cargo run -- articles/ "SELECT … FROM articles"
//! ```

use std::env;

use datafusion::error::Result;
use datafusion::prelude::{SessionConfig, SessionContext};
use whosaid_datafusion::{BATCH, BY_MONTH, ask, quotes, sample};

#[tokio::main]
async fn main() -> Result<()> {
    let mut args = env::args().skip(1);
    let articles = match args.next() {
        Some(articles) => articles,
        None => {
            let folder = env::temp_dir().join("whosaid-articles");
            sample::write(&folder).await?;
            folder.to_string_lossy().into_owned()
        }
    };
    let context = SessionContext::new_with_config(SessionConfig::new().with_batch_size(BATCH));
    context.register_udf(quotes());
    ask(&context, &articles, args.next().as_deref().unwrap_or(BY_MONTH)).await
}
