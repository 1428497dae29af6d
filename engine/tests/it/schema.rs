//! `trees/tree.schema.json`, by which VS Code helps authors, knows the keys that the engine knows, and
//! explains them in the same words. (That trees fit it: scripts/tests/schema.test.mjs)

use std::path::PathBuf;

use serde_json::Value;
use treebot::Keys;

fn schema() -> Value {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../trees/tree.schema.json");
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

/// The part that is meant, where a part only refers to one.
fn meant<'s>(schema: &'s Value, part: &'s Value) -> &'s Value {
    match part.get("$ref").and_then(Value::as_str) {
        Some(name) => {
            let name = name.strip_prefix("#/definitions/").unwrap();
            schema.get("definitions").unwrap().get(name).unwrap()
        }
        None => part,
    }
}

/// The map of a part that may also be a text or a list.
fn map(part: &Value) -> &Value {
    match part.get("anyOf").and_then(Value::as_array) {
        Some(forms) if part.get("properties").is_none() => {
            forms.iter().find(|form| form.get("properties").is_some()).unwrap()
        }
        Some(_) | None => part,
    }
}

#[test]
fn the_schema_has_the_keys_of_the_engine_in_its_words() {
    let schema = schema();
    let definition = |name: &str| map(schema.pointer(&format!("/definitions/{name}")).unwrap());
    let commands = schema.pointer("/properties/commands").unwrap();
    let maps: [(&Value, &[Keys]); 6] = [
        (&schema, &[Keys::Node, Keys::File]),
        (definition("node"), &[Keys::Node]),
        (definition("answer"), &[Keys::Node, Keys::Answer]),
        (definition("picture"), &[Keys::Picture]),
        (commands, &[Keys::Commands]),
        (definition("step"), &[Keys::Step]),
    ];
    for kind in Keys::ALL {
        assert!(maps.iter().any(|(_, keys)| keys.contains(kind)), "{kind:?}");
    }
    for (part, keys) in maps {
        let properties = part.get("properties").and_then(Value::as_object).unwrap();
        let mut names: Vec<&str> = keys.iter().flat_map(|of| of.names()).copied().collect();
        names.sort_unstable();
        let mut told: Vec<&str> = properties.keys().map(String::as_str).collect();
        told.sort_unstable();
        assert_eq!(told, names, "{keys:?}");
        for (name, property) in properties {
            let about = keys.iter().find_map(|of| of.about(name)).unwrap();
            let description = meant(&schema, property).get("description").and_then(Value::as_str);
            assert_eq!(description, Some(about), "{name}");
        }
        // Notes of one's own, and nothing else.
        assert_eq!(part.get("additionalProperties"), Some(&Value::Bool(false)), "{keys:?}");
        let notes = part.get("patternProperties").and_then(Value::as_object).unwrap();
        assert_eq!(notes.keys().collect::<Vec<_>>(), [&format!("^{}", treebot::NOTE_KEY)]);
    }
}
