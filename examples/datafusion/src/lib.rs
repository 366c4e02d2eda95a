//! whosaid as a function of SQL, for DataFusion and for Ballista.

use datafusion::error::Result;
use datafusion::prelude::{ParquetReadOptions, SessionContext};

pub mod sample;

mod quotes;
pub use quotes::quotes;

/// Who was quoted how often, by month.
pub const BY_MONTH: &str = include_str!("by_month.sql");

/// Texts that a thread takes at a time; DataFusion's 8192 would be the whole corpus of many.
pub const BATCH: usize = 64;

/// Prints the answer to a question about the table `articles`, which is a file or folder of Parquet.
pub async fn ask(context: &SessionContext, articles: &str, question: &str) -> Result<()> {
    context.register_parquet("articles", articles, ParquetReadOptions::default()).await?;
    context.sql(question).await?.show().await
}
