//! What a model is asked: masked words, the few tools it may propose, the shape its answer must have.

use masking::{Masked, Prompt};
use serde_json::{Map, Value, json};

use super::Meter;

/// A question to a model. Only masked words fit in:
///
/// ```compile_fail
/// let ask = outside::model::Ask::new("Where is the order of ada@example.org?");
/// ```
/// ```compile_fail
/// # fn round(said: outside::model::Said) {
/// let round = outside::model::Round { said, results: vec![String::from("ada@example.org")] };
/// # }
/// ```
#[derive(Clone)]
pub struct Ask {
    pub(crate) prompt: Masked<Prompt>,
    pub(crate) tools: &'static [Tool],
    pub(crate) shape: Option<&'static Shape>,
    pub(crate) rounds: Vec<Round>,
    pub(crate) max_tokens: Option<u32>,
    pub(crate) meter: Meter,
}

/// A tool the model may propose to use. Fixed when the program was built: nothing said in a conversation can add one.
#[derive(Debug)]
pub struct Tool {
    /// Its name: letters, digits, underscores.
    pub name: &'static str,
    /// What it does, for the model.
    pub says: &'static str,
    /// Its arguments, all of them text and required.
    pub arguments: &'static [Argument],
}

/// The shape of an answer that is read by a program.
#[derive(Debug)]
pub struct Shape {
    /// Its name.
    pub name: &'static str,
    /// Its fields, all of them text and required.
    pub fields: &'static [Argument],
}

/// One argument of a tool, or one field of a shape.
#[derive(Debug)]
pub struct Argument {
    /// Its name.
    pub name: &'static str,
    /// What it is, for the model.
    pub says: &'static str,
    /// The words it may be; empty for free text.
    pub one_of: &'static [&'static str],
}

/// What the model proposed, and what came of it.
#[derive(Clone)]
pub struct Round {
    /// What the model said, exactly as it came.
    pub said: Said,
    /// The result of each call, in their order.
    pub results: Vec<Masked<String>>,
}

/// What a model said when it proposed to use tools. Made only by reading an answer, so that nothing else can be put into its mouth.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Said {
    pub(crate) calls: Vec<Call>,
    /// The provider's own form of it, which must be sent back unchanged.
    pub(crate) raw: Vec<Value>,
}

/// A proposal to use a tool. Nothing in it is to be trusted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) arguments: String,
}

/// The longest argument that is looked at, in bytes.
const LONGEST_ARGUMENT: usize = 2_000;
/// More calls in one answer than this are no answer.
pub(crate) const MOST_CALLS: usize = 8;

impl Ask {
    /// A question without tools, answered in words.
    pub fn new(prompt: Masked<Prompt>) -> Self {
        Self { prompt, tools: &[], shape: None, rounds: Vec::new(), max_tokens: None, meter: Meter::default() }
    }

    /// The model may propose these tools.
    #[must_use]
    pub fn with_tools(self, tools: &'static [Tool]) -> Self {
        Self { tools, ..self }
    }

    /// The answer must have this shape.
    #[must_use]
    pub fn in_shape(self, shape: &'static Shape) -> Self {
        Self { shape: Some(shape), ..self }
    }

    /// At most this many tokens, where the provider's own limit is not lower.
    #[must_use]
    pub fn within(self, max_tokens: u32) -> Self {
        Self { max_tokens: Some(max_tokens), ..self }
    }

    /// What it costs is counted here.
    #[must_use]
    pub fn metered(self, meter: &Meter) -> Self {
        Self { meter: meter.clone(), ..self }
    }

    /// The same question after another round of tools; results beyond the calls are dropped.
    pub fn after(&mut self, round: Round) {
        self.rounds.push(round);
    }

    /// About how many bytes of words it carries, for an estimate of what it costs.
    pub fn bytes(&self) -> usize {
        let results = self.rounds.iter().flat_map(|round| &round.results).map(|result| result.as_text().len());
        self.prompt.system().len()
            + self.prompt.turns().map(|(_, text)| text.len()).sum::<usize>()
            + results.sum::<usize>()
    }

    /// The question without tools: whatever is answered now is the answer.
    pub fn without_tools(&mut self) {
        self.tools = &[];
    }
}

impl Said {
    /// The calls, in the order in which they were proposed.
    pub fn calls(&self) -> &[Call] {
        &self.calls
    }
}

impl Call {
    /// The tool's name as the model wrote it.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The arguments, if they are exactly those of `tool` and all of them text of a sensible length.
    pub fn arguments(&self, tool: &Tool) -> Option<Map<String, Value>> {
        let text = if self.arguments.trim().is_empty() { "{}" } else { &self.arguments };
        if text.len() > LONGEST_ARGUMENT {
            return None;
        }
        fitting(text, tool.arguments)
    }
}

impl Shape {
    /// The fields of an answer, if it has this shape.
    pub fn read(&self, answer: &str) -> Option<Map<String, Value>> {
        fitting(answer.trim(), self.fields)
    }
}

fn fitting(text: &str, wanted: &[Argument]) -> Option<Map<String, Value>> {
    let given: Map<String, Value> = serde_json::from_str(text).ok()?;
    let fits = |argument: &Argument| {
        let word = given.get(argument.name).and_then(Value::as_str);
        word.is_some_and(|word| argument.one_of.is_empty() || argument.one_of.contains(&word))
    };
    (given.len() == wanted.len() && wanted.iter().all(fits)).then_some(given)
}

/// The JSON schema of some arguments: an object with exactly these texts. `loud` writes types in capitals, as Gemini wants them.
pub(crate) fn schema(arguments: &[Argument], loud: bool) -> Value {
    let (text, object) = if loud { ("STRING", "OBJECT") } else { ("string", "object") };
    let one = |argument: &Argument| {
        let mut field = json!({ "type": text, "description": argument.says });
        if let (false, Some(field)) = (argument.one_of.is_empty(), field.as_object_mut()) {
            field.insert("enum".to_owned(), json!(argument.one_of));
        }
        (argument.name.to_owned(), field)
    };
    let properties: Map<String, Value> = arguments.iter().map(one).collect();
    let required: Vec<&str> = arguments.iter().map(|argument| argument.name).collect();
    let mut schema = json!({ "type": object, "properties": properties, "required": required });
    if let (false, Some(schema)) = (loud, schema.as_object_mut()) {
        schema.insert("additionalProperties".to_owned(), Value::Bool(false));
    }
    schema
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOOK: Tool = Tool {
        name: "look",
        says: "Looks.",
        arguments: &[
            Argument { name: "words", says: "What.", one_of: &[] },
            Argument { name: "where", says: "Where.", one_of: &["pages"] },
        ],
    };

    fn call(arguments: &str) -> Call {
        Call { id: "1".into(), name: "look".into(), arguments: arguments.into() }
    }

    #[test]
    fn only_exactly_the_declared_arguments_are_read() {
        assert!(call(r#"{"words":"boots","where":"pages"}"#).arguments(&LOOK).is_some());
        for wrong in [
            "",
            "{",
            "[]",
            "null",
            r#"{"words":"boots"}"#,
            r#"{"words":7,"where":"pages"}"#,
            r#"{"words":["boots"],"where":"pages"}"#,
            r#"{"words":"boots","where":"orders"}"#,
            r#"{"words":"boots","where":"pages","customer":"per_1"}"#,
        ] {
            assert!(call(wrong).arguments(&LOOK).is_none(), "{wrong}");
        }
        let long = format!(r#"{{"words":"{}","where":"pages"}}"#, "a".repeat(LONGEST_ARGUMENT));
        assert!(call(&long).arguments(&LOOK).is_none(), "an endless argument");
    }

    #[test]
    fn a_schema_allows_nothing_else() {
        let plain = schema(LOOK.arguments, false);
        assert_eq!(plain["additionalProperties"], false);
        assert_eq!(plain["required"], json!(["words", "where"]));
        assert_eq!(plain["properties"]["where"]["enum"], json!(["pages"]));
        let loud = schema(LOOK.arguments, true);
        assert_eq!((loud["type"].as_str(), loud.get("additionalProperties")), (Some("OBJECT"), None));
    }
}
