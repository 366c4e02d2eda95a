//! `quotes(body)`: who said what in a text, as a function of SQL.

use std::sync::{Arc, LazyLock};

use datafusion::arrow::array::{
    Array, ArrayBuilder, BooleanBuilder, Float32Builder, Int64Builder, ListBuilder, StringBuilder, StructBuilder,
};
use datafusion::arrow::datatypes::{DataType, Field, Fields};
use datafusion::common::cast::as_string_view_array;
use datafusion::error::{DataFusionError, Result};
use datafusion::logical_expr::{
    ColumnarValue, ScalarFunctionArgs, ScalarUDF, ScalarUDFImpl, Signature, TypeSignature, Volatility,
};
use whosaid::{Attributor, OffsetMap, Quote};

/// One engine for all threads of a process.
static ATTRIBUTOR: LazyLock<Attributor> = LazyLock::new(Attributor::new);

/// What is known of a quotation. `start` and `end` count characters from 0, as `substr` does from 1.
static FIELDS: LazyLock<Fields> = LazyLock::new(|| {
    Fields::from(vec![
        Field::new("speaker", DataType::Utf8, true),
        Field::new("gender", DataType::Utf8, true),
        Field::new("kind", DataType::Utf8, false),
        Field::new("text", DataType::Utf8, false),
        Field::new("cue", DataType::Utf8, true),
        Field::new("start", DataType::Int64, false),
        Field::new("end", DataType::Int64, false),
        Field::new("confidence", DataType::Float32, false),
        Field::new("said", DataType::Boolean, false),
    ])
});

/// The function, to be registered under its name `quotes`.
pub fn quotes() -> ScalarUDF {
    let text = TypeSignature::Exact(vec![DataType::Utf8View]);
    ScalarUDF::from(Quotes { signature: Signature::new(text, Volatility::Immutable) })
}

#[derive(Debug, PartialEq, Eq, Hash)]
struct Quotes {
    signature: Signature,
}

impl ScalarUDFImpl for Quotes {
    fn name(&self) -> &str {
        "quotes"
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, _: &[DataType]) -> Result<DataType> {
        Ok(DataType::new_list(DataType::Struct(FIELDS.clone()), true))
    }

    /// A list for every text of a batch; batches are what DataFusion hands to its threads.
    fn invoke_with_args(&self, args: ScalarFunctionArgs) -> Result<ColumnarValue> {
        let texts = ColumnarValue::values_to_arrays(&args.args)?;
        let texts = as_string_view_array(&texts[0])?;
        let mut lists = ListBuilder::new(StructBuilder::from_fields(FIELDS.clone(), texts.len()));
        for text in texts {
            if let Some(text) = text {
                let document =
                    ATTRIBUTOR.attribute(text).map_err(|error| DataFusionError::External(Box::new(error)))?;
                let offsets = document.offset_map();
                document.quotes().for_each(|quote| append(lists.values(), quote, &offsets));
            }
            lists.append(text.is_some());
        }
        Ok(ColumnarValue::Array(Arc::new(lists.finish())))
    }
}

fn append(row: &mut StructBuilder, quote: Quote<'_>, offsets: &OffsetMap<'_>) {
    let speaker = quote.speaker();
    let characters = offsets.chars(quote.span());
    // In the order of the fields.
    column::<StringBuilder>(row, 0).append_option(speaker.map(|speaker| speaker.name()));
    column::<StringBuilder>(row, 1).append_option(speaker.map(|speaker| speaker.gender().as_str()));
    column::<StringBuilder>(row, 2).append_value(quote.kind().as_str());
    column::<StringBuilder>(row, 3).append_value(quote.content());
    column::<StringBuilder>(row, 4).append_option(quote.cue().map(|cue| cue.text()));
    column::<Int64Builder>(row, 5).append_value(characters.start as i64);
    column::<Int64Builder>(row, 6).append_value(characters.end as i64);
    column::<Float32Builder>(row, 7).append_value(quote.confidence());
    column::<BooleanBuilder>(row, 8).append_value(quote.is_said());
    row.append(true);
}

fn column<B: ArrayBuilder>(row: &mut StructBuilder, field: usize) -> &mut B {
    row.field_builder(field).expect("the builders are made from the fields")
}
