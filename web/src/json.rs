//! Values for JavaScript, as JSON: one text crosses faster than many parts one by one, and takes little code.

use treebot::json::{write_number, write_text};
use tsify::{Ts, Tsify};
use wasm_bindgen::prelude::*;

/// A value that can be written as JSON.
pub(crate) trait Json {
    /// Appends it.
    fn write(&self, out: &mut String);

    /// Whether an object is written without it.
    fn is_none(&self) -> bool {
        false
    }
}

/// A value as the page's JavaScript has it.
///
/// # Errors
/// The page's JavaScript could not hold the result.
pub(crate) fn to_page<T: Json + Tsify>(value: &T) -> Result<Ts<T>, JsError> {
    let mut json = String::new();
    value.write(&mut json);
    let value = parse(&json).map_err(|_| JsError::new("no room for the result"))?;
    Ok(Ts::new_unchecked(value))
}

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = JSON, catch)]
    fn parse(json: &str) -> Result<JsValue, JsValue>;
}

/// Writes a type as an object of all of its fields, each under its name.
macro_rules! object {
    ($type:ty { $($field:ident: $name:literal),+ $(,)? }) => {
        impl $crate::json::Json for $type {
            fn write(&self, out: &mut String) {
                let Self { $($field),+ } = self;
                $crate::json::write_object(out, &[$(($name, $field)),+]);
            }
        }
    };
}

/// Writes a type by the name that it has for a value.
macro_rules! name {
    ($type:ty { $($variant:pat => $name:literal),+ $(,)? }) => {
        impl $crate::json::Json for $type {
            fn write(&self, out: &mut String) {
                treebot::json::write_text(out, match self { $($variant => $name),+ });
            }
        }
    };
}

pub(crate) use {name, object};

/// Appends an object of these fields.
pub(crate) fn write_object(out: &mut String, fields: &[(&str, &dyn Json)]) {
    let mut next = '{';
    for (name, value) in fields.iter().filter(|(_, value)| !value.is_none()) {
        out.push(std::mem::replace(&mut next, ','));
        write_text(out, name);
        out.push(':');
        value.write(out);
    }
    if next == '{' {
        out.push(next);
    }
    out.push('}');
}

impl Json for bool {
    fn write(&self, out: &mut String) {
        out.push_str(if *self { "true" } else { "false" });
    }
}

impl Json for u32 {
    fn write(&self, out: &mut String) {
        write_number(out, (*self).into());
    }
}

impl Json for &str {
    fn write(&self, out: &mut String) {
        write_text(out, self);
    }
}

impl Json for String {
    fn write(&self, out: &mut String) {
        write_text(out, self);
    }
}

impl<T: Json> Json for Vec<T> {
    fn write(&self, out: &mut String) {
        out.push('[');
        for (number, value) in self.iter().enumerate() {
            if number > 0 {
                out.push(',');
            }
            value.write(out);
        }
        out.push(']');
    }
}

impl<T: Json> Json for Option<T> {
    fn write(&self, out: &mut String) {
        match self {
            Some(value) => value.write(out),
            None => out.push_str("null"),
        }
    }

    fn is_none(&self) -> bool {
        self.is_none()
    }
}
