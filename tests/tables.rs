//! The learned tables are those that `src/model/FINGERPRINT` tells of.

use std::fs;
use std::path::{Path, PathBuf};

fn model(file: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src/model").join(file)
}

/// File, size, hash and settings of each table.
fn fingerprint() -> Vec<[String; 4]> {
    let lines = fs::read_to_string(model("FINGERPRINT")).expect("there is a fingerprint");
    let rows = lines.lines().filter(|line| !line.starts_with('#'));
    rows.map(|row| {
        let fields: Vec<String> = row.split('\t').map(str::to_owned).collect();
        fields.try_into().expect("a row has four fields")
    })
    .collect()
}

/// FNV-1a with 64 bits.
fn hash(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, &byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

#[test]
fn hash_is_fnv() {
    assert_eq!(hash(b"a"), 0xaf63_dc4c_8601_ec8c);
}

#[test]
fn every_table_has_its_fingerprint() {
    let mut told: Vec<String> = Vec::new();
    for [file, size, sum, _] in fingerprint() {
        let bytes = fs::read(model(&file)).expect("the table is there");
        assert_eq!((bytes.len().to_string(), format!("{:016x}", hash(&bytes))), (size, sum), "{file}");
        told.push(file);
    }
    let mut there: Vec<String> = fs::read_dir(model(""))
        .expect("the folder is there")
        .map(|entry| entry.expect("it can be read").file_name().into_string().expect("names are UTF-8"))
        .filter(|name| Path::new(name).extension().is_some_and(|extension| extension == "bin"))
        .collect();
    told.sort_unstable();
    there.sort_unstable();
    assert_eq!(told, there);
}

/// A tree is two bytes for each of its questions and a 32-bit number for each of its leaves.
#[test]
fn forests_are_as_large_as_their_settings_say() {
    let mut forests = 0;
    for [file, _, _, settings] in fingerprint() {
        if settings.starts_with("trees ") {
            let bytes = fs::read(model(&file)).expect("the table is there");
            let numbers: Vec<usize> = settings.split([' ', ',']).filter_map(|word| word.parse().ok()).collect();
            let (trees, depth) = (numbers[0], numbers[1]);
            assert_eq!(bytes.len(), trees * (2 * depth + (4 << depth)), "{file}: {settings}");
            forests += 1;
        }
    }
    assert_eq!(forests, 5);
}

/// Whoever changes a setting makes the table again.
#[cfg(feature = "internals")]
#[test]
fn settings_are_those_of_the_tables() {
    let told: Vec<_> = fingerprint().into_iter().map(|[file, _, _, settings]| (file, settings)).collect();
    let now: Vec<_> =
        whosaid::internals::settings().into_iter().map(|(file, settings)| (file.to_owned(), settings)).collect();
    assert_eq!(told, now);
}
