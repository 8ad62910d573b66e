//! The JSON Schema of the format, made from the types so that it cannot lag behind them.

use super::las::{Typer, Varde};
use super::{FORMAT, Rot};
use serde_json::{Value, json};

/// One field for [`post`]: name, required?, schema.
pub(super) type FaltSchema = (&'static str, bool, Value);

/// The whole schema (JSON Schema 2020-12), as the committed file has it.
#[must_use]
pub fn schema() -> Value {
    let mut typer = Typer::new();
    let rot = Rot::schema(&mut typer);
    let mut ut = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": format!("urn:{}", FORMAT.replace('/', ":")),
        "title": "Underlag",
        "description": "Vad ett papper säger om bidrag, insatser, pengar och personer.",
        "$ref": rot.get("$ref").cloned().unwrap_or_default(),
    });
    if let Some(ut) = ut.as_object_mut() {
        ut.insert(
            "$defs".to_owned(),
            Value::Object(typer.into_iter().collect()),
        );
    }
    ut
}

/// Registers a record once and gives a reference to it.
pub(super) fn post(
    typer: &mut Typer,
    namn: &str,
    dok: &str,
    falt: impl FnOnce(&mut Typer) -> Vec<FaltSchema>,
) -> Value {
    if !typer.contains_key(namn) {
        // Put in first: a type may hold itself.
        typer.insert(namn.to_owned(), Value::Null);
        let falt = falt(typer);
        let kravs: Vec<_> = falt.iter().filter(|f| f.1).map(|f| f.0).collect();
        let egenskaper = falt.iter().map(|f| (f.0.to_owned(), f.2.clone())).collect();
        let schema = json!({
            "description": dok.trim(),
            "type": "object",
            "properties": Value::Object(egenskaper),
            "required": kravs,
            "additionalProperties": false,
        });
        typer.insert(namn.to_owned(), schema);
    }
    hanvisning(namn)
}

/// One field with its description.
pub(super) fn falt<T: Varde>(typer: &mut Typer, namn: &'static str, dok: &str) -> FaltSchema {
    let mut schema = T::schema(typer);
    if let Some(schema) = schema.as_object_mut() {
        schema.insert("description".to_owned(), dok.trim().into());
    }
    (namn, T::saknas().is_none(), schema)
}

/// A closed choice, each word with its meaning.
pub(super) fn val(typer: &mut Typer, namn: &str, dok: &str, ord: &[(&str, &str)]) -> Value {
    let val: Vec<_> = ord
        .iter()
        .map(|(ord, dok)| json!({ "const": ord, "description": dok.trim() }))
        .collect();
    let schema = json!({ "description": dok.trim(), "oneOf": val });
    typer.insert(namn.to_owned(), schema);
    hanvisning(namn)
}

/// A named text type with a pattern or examples.
pub(super) fn text(typer: &mut Typer, namn: &str, schema: Value) -> Value {
    typer.insert(namn.to_owned(), schema);
    hanvisning(namn)
}

fn hanvisning(namn: &str) -> Value {
    json!({ "$ref": format!("#/$defs/{namn}") })
}
