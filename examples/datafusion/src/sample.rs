//! Articles to try the function on: our own texts, with dates made up.

use std::path::Path;
use std::sync::Arc;

use datafusion::arrow::array::{Date32Array, RecordBatch, StringArray};
use datafusion::arrow::datatypes::{DataType, Field, Schema};
use datafusion::dataframe::DataFrameWriteOptions;
use datafusion::error::Result;
use datafusion::prelude::SessionContext;

/// Each text with the day on which it appeared first, and after how many days again.
const ARTICLES: [(&str, &str, i32, i32); 4] = [
    ("bridge", include_str!("../../data/article.txt"), 0, 61),
    ("ferry", include_str!("../../data/ferry.txt"), 12, 23),
    ("budget", include_str!("../../data/budget.txt"), 20, 30),
    ("floods", include_str!("../../data/floods.txt"), 33, 47),
];

/// 1 October 2025, in days since 1970.
const FIRST_DAY: i32 = 20_362;

/// How often each text appears.
const TIMES: i32 = 3;

/// Writes the columns `id`, `date` and `body` to a folder, a file of Parquet for each text.
pub async fn write(folder: &Path) -> Result<()> {
    let schema = Arc::new(Schema::new(vec![
        Field::new("id", DataType::Utf8, false),
        Field::new("date", DataType::Date32, false),
        Field::new("body", DataType::Utf8, false),
    ]));
    for (name, text, first, every) in ARTICLES {
        let ids = StringArray::from_iter_values((1..=TIMES).map(|time| format!("{name} {time}")));
        let dates = Date32Array::from_iter_values((0..TIMES).map(|time| FIRST_DAY + first + time * every));
        let bodies = StringArray::from_iter_values((0..TIMES).map(|_| text));
        let batch = RecordBatch::try_new(schema.clone(), vec![Arc::new(ids), Arc::new(dates), Arc::new(bodies)])?;
        let file = folder.join(format!("{name}.parquet"));
        let options = DataFrameWriteOptions::new().with_single_file_output(true);
        SessionContext::new().read_batch(batch)?.write_parquet(&file.to_string_lossy(), options, None).await?;
    }
    Ok(())
}
