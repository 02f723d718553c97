//! Every provider's protocol: the requests against the shapes captured from the official clients, the streams against what
//! the providers send.

use futures::StreamExt;
use masking::Masked;
use outside::model::{Argument, Ask, Chunk, Dialect, End, ModelFault, Round, Said, Shape, Side, Tool, Usage};
use serde_json::{Value, json};

use crate::scene::{Scene, ask, no, ok, scripted};

const LOOK: &[Tool] = &[Tool {
    name: "search_pages",
    says: "Searches.",
    arguments: &[Argument { name: "query", says: "What for.", one_of: &[] }],
}];
const SHAPE: Shape = Shape { name: "reading", fields: &[Argument { name: "query", says: "Words.", one_of: &[] }] };

const CHAT: &str = concat!(
    "data: {\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\",\"refusal\":null}}]}\n\n",
    "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Sixty\"}}]}\n\n",
    "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\" days.\"},\"finish_reason\":null}]}\n\n",
    "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n",
    "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":12,\"completion_tokens\":3}}\n\ndata: [DONE]\n\n"
);
const RESPONSES: &str = concat!(
    "event: response.created\ndata: {\"type\":\"response.created\",\"sequence_number\":0,\"response\":{\"id\":\"r\",\"status\":\"in_progress\"}}\n\n",
    "event: response.output_item.added\ndata: {\"type\":\"response.output_item.added\",\"output_index\":0,\"item\":{\"type\":\"message\"}}\n\n",
    "event: response.output_text.delta\ndata: {\"type\":\"response.output_text.delta\",\"delta\":\"Sixty\",\"obfuscation\":\"x7\"}\n\n",
    "data: {\"type\":\"response.output_text.delta\",\"delta\":\" days.\"}\n\n",
    "data: {\"type\":\"response.output_text.done\",\"text\":\"Sixty days.\"}\n\n",
    "data: {\"type\":\"response.output_item.done\",\"item\":{\"type\":\"message\",\"content\":[{\"type\":\"output_text\",\"text\":\"Sixty days.\"}]}}\n\n",
    "data: {\"type\":\"response.completed\",\"response\":{\"status\":\"completed\",\"usage\":{\"input_tokens\":12,\"output_tokens\":3}}}\n\n"
);
const ANTHROPIC: &str = concat!(
    "event: message_start\ndata: {\"type\":\"message_start\",\"message\":{\"id\":\"m\",\"usage\":{\"input_tokens\":10,\"cache_read_input_tokens\":2,\"output_tokens\":1}}}\n\n",
    "event: ping\ndata: {\"type\":\"ping\"}\n\n",
    "event: content_block_start\ndata: {\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}}\n\n",
    "data: {\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"Sixty\"}}\n\n",
    "data: {\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\" days.\"}}\n\n",
    "data: {\"type\":\"content_block_stop\",\"index\":0}\n\n",
    "data: {\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\"},\"usage\":{\"output_tokens\":3}}\n\n",
    "data: {\"type\":\"message_stop\"}\n\n"
);
const GEMINI: &str = concat!(
    "data: {\"candidates\":[{\"content\":{\"role\":\"model\",\"parts\":[{\"text\":\"I think\",\"thought\":true},{\"text\":\"Sixty\"}]},\"index\":0}]}\r\n\r\n",
    "data: {\"candidates\":[{\"content\":{\"parts\":[{\"text\":\" days.\"}]},\"finishReason\":\"STOP\"}],\"usageMetadata\":{\"promptTokenCount\":12,\"candidatesTokenCount\":2,\"thoughtsTokenCount\":1}}\r\n\r\n"
);

pub fn good(dialect: Dialect) -> &'static str {
    match dialect {
        Dialect::OpenAi | Dialect::Plain => CHAT,
        Dialect::Responses => RESPONSES,
        Dialect::Anthropic => ANTHROPIC,
        Dialect::Gemini => GEMINI,
    }
}

/// What a provider streams when it proposes to search, in small pieces.
fn calling(dialect: Dialect) -> &'static str {
    match dialect {
        Dialect::OpenAi | Dialect::Plain => concat!(
            "data: {\"choices\":[{\"delta\":{\"tool_calls\":[{\"index\":0,\"id\":\"c1\",\"type\":\"function\",\"function\":{\"name\":\"search_pages\",\"arguments\":\"\"}}]}}]}\n\n",
            "data: {\"choices\":[{\"delta\":{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"{\\\"query\\\":\"}}]}}]}\n\n",
            "data: {\"choices\":[{\"delta\":{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"\\\"boots\\\"}\"}}]}}]}\n\n",
            "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"tool_calls\"}]}\n\ndata: [DONE]\n\n"
        ),
        Dialect::Responses => concat!(
            "data: {\"type\":\"response.output_item.done\",\"item\":{\"type\":\"reasoning\",\"id\":\"rs\",\"summary\":[]}}\n\n",
            "data: {\"type\":\"response.function_call_arguments.delta\",\"delta\":\"{\"}\n\n",
            "data: {\"type\":\"response.output_item.done\",\"item\":{\"type\":\"function_call\",\"id\":\"fc\",\"call_id\":\"c1\",\"name\":\"search_pages\",\"arguments\":\"{\\\"query\\\":\\\"boots\\\"}\",\"status\":\"completed\"}}\n\n",
            "data: {\"type\":\"response.completed\",\"response\":{\"status\":\"completed\"}}\n\n"
        ),
        Dialect::Anthropic => concat!(
            "data: {\"type\":\"message_start\",\"message\":{\"usage\":{\"input_tokens\":9}}}\n\n",
            "data: {\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"thinking\",\"thinking\":\"\",\"signature\":\"\"}}\n\n",
            "data: {\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"thinking_delta\",\"thinking\":\"hm\"}}\n\n",
            "data: {\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"signature_delta\",\"signature\":\"sg\"}}\n\n",
            "data: {\"type\":\"content_block_start\",\"index\":1,\"content_block\":{\"type\":\"tool_use\",\"id\":\"c1\",\"name\":\"search_pages\",\"input\":{}}}\n\n",
            "data: {\"type\":\"content_block_delta\",\"index\":1,\"delta\":{\"type\":\"input_json_delta\",\"partial_json\":\"{\\\"query\\\":\"}}\n\n",
            "data: {\"type\":\"content_block_delta\",\"index\":1,\"delta\":{\"type\":\"input_json_delta\",\"partial_json\":\" \\\"boots\\\"}\"}}\n\n",
            "data: {\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"tool_use\"},\"usage\":{\"output_tokens\":7}}\n\n",
            "data: {\"type\":\"message_stop\"}\n\n"
        ),
        Dialect::Gemini => {
            "data: {\"candidates\":[{\"content\":{\"parts\":[{\"functionCall\":{\"name\":\"search_pages\",\"args\":{\"query\":\"boots\"}},\"thoughtSignature\":\"sg\"}]},\"finishReason\":\"STOP\"}]}\n\n"
        }
    }
}

async fn told(scene: &Scene, ask: &Ask) -> Result<(String, Option<Usage>, Option<End>), ModelFault> {
    let chunks: Vec<Result<Chunk, ModelFault>> = scene.client.stream(ask, &scene.book).await?.collect().await;
    let chunks: Vec<Chunk> = chunks.into_iter().collect::<Result<_, _>>()?;
    let text = chunks.iter().map(|chunk| chunk.text.as_str()).collect();
    let usage = chunks.iter().filter_map(|chunk| chunk.usage).next_back();
    Ok((text, usage, chunks.iter().find_map(|chunk| chunk.end.clone())))
}

async fn sent(dialect: Dialect, ask: &Ask) -> Value {
    let scene = scripted(dialect, vec![ok(good(dialect))]).await;
    let _ = told(&scene, ask).await;
    let requests = scene.seen.requests.lock().unwrap();
    requests[0].json()
}

#[tokio::test]
async fn every_provider_streams_and_says_what_it_cost() {
    for dialect in Dialect::ALL {
        let scene = scripted(dialect, vec![ok(good(dialect))]).await;
        let (text, usage, end) = told(&scene, &ask()).await.unwrap();
        assert_eq!((text.as_str(), end), ("Sixty days.", Some(End::Complete)), "{dialect:?}");
        assert_eq!(usage, Some(Usage { input: 12, output: 3 }), "{dialect:?}");
        assert_eq!(Dialect::named(dialect.word()), Some(dialect));
    }
}

#[tokio::test]
async fn every_key_and_version_stands_where_the_official_clients_put_it() {
    for (dialect, address, header, value) in [
        (Dialect::OpenAi, "/script/chat/completions", "authorization", "Bearer sk-secret"),
        (Dialect::Plain, "/script/chat/completions", "authorization", "Bearer sk-secret"),
        (Dialect::Responses, "/script/responses", "authorization", "Bearer sk-secret"),
        (Dialect::Anthropic, "/script/v1/messages", "authorization", "Bearer sk-secret"),
        (Dialect::Anthropic, "/script/v1/messages", "anthropic-version", "2026-10-21"),
        (Dialect::Gemini, "/script/models/small:streamGenerateContent?alt=sse", "x-goog-api-key", "sk-secret"),
    ] {
        let scene = scripted(dialect, vec![ok(good(dialect))]).await;
        told(&scene, &ask()).await.unwrap();
        let requests = scene.seen.requests.lock().unwrap();
        assert_eq!((requests[0].address.as_str(), requests[0].header(header)), (address, value));
        assert_eq!(requests[0].header("content-type"), "application/json");
    }
}

#[tokio::test]
async fn a_question_has_the_shape_of_the_official_clients_and_asks_to_keep_nothing() {
    let chat = sent(Dialect::OpenAi, &ask()).await;
    assert_eq!(chat["store"], false);
    assert_eq!(
        (&chat["max_completion_tokens"], &chat["stream_options"]),
        (&json!(100), &json!({ "include_usage": true }))
    );
    assert_eq!(chat["messages"][3], json!({ "role": "user", "content": "I am [EMAIL_1], returns?" }));
    let plain = sent(Dialect::Plain, &ask()).await;
    assert_eq!((plain.get("store"), &plain["max_tokens"]), (None, &json!(100)));
    assert_eq!(
        sent(Dialect::Responses, &ask()).await,
        json!({ "model": "small", "store": false, "stream": true, "instructions": "Be brief.", "max_output_tokens": 100,
            "input": [{ "role": "user", "content": [{ "type": "input_text", "text": "Hello" }] },
                { "role": "assistant", "content": [{ "type": "output_text", "text": "Hi \"you\"" }] },
                { "role": "user", "content": [{ "type": "input_text", "text": "I am [EMAIL_1], returns?" }] }] })
    );
    assert_eq!(
        sent(Dialect::Anthropic, &ask()).await,
        json!({ "model": "small", "max_tokens": 100, "system": "Be brief.", "stream": true,
            "messages": [{ "role": "user", "content": [{ "type": "text", "text": "Hello" }] },
                { "role": "assistant", "content": [{ "type": "text", "text": "Hi \"you\"" }] },
                { "role": "user", "content": [{ "type": "text", "text": "I am [EMAIL_1], returns?" }] }] })
    );
    assert_eq!(
        sent(Dialect::Gemini, &ask()).await,
        json!({ "systemInstruction": { "parts": [{ "text": "Be brief." }] },
            "contents": [{ "role": "user", "parts": [{ "text": "Hello" }] },
                { "role": "model", "parts": [{ "text": "Hi \"you\"" }] },
                { "role": "user", "parts": [{ "text": "I am [EMAIL_1], returns?" }] }],
            "generationConfig": { "maxOutputTokens": 100 } })
    );
}

#[tokio::test]
async fn every_provider_proposes_a_tool_gets_its_result_and_its_own_words_back() {
    for dialect in Dialect::ALL {
        let scene = scripted(dialect, vec![ok(calling(dialect)), ok(good(dialect))]).await;
        let mut ask = ask().with_tools(LOOK);
        let (_, _, end) = told(&scene, &ask).await.unwrap();
        let Some(End::Calls(said)) = end else { panic!("{dialect:?} proposes nothing: {end:?}") };
        let call = &said.calls()[0];
        assert_eq!((said.calls().len(), call.name()), (1, "search_pages"), "{dialect:?}");
        assert_eq!(call.arguments(&LOOK[0]).unwrap()["query"], "boots", "{dialect:?}");
        ask.after(Round { said, results: vec![Masked::public("Boots: 60 days.")] });
        assert_eq!(told(&scene, &ask).await.unwrap().0, "Sixty days.", "{dialect:?}");
        let requests = scene.seen.requests.lock().unwrap();
        let (first, second) = (requests[0].json(), requests[1].json());
        let tool = match dialect {
            Dialect::OpenAi | Dialect::Plain => &first["tools"][0]["function"],
            Dialect::Responses | Dialect::Anthropic => &first["tools"][0],
            Dialect::Gemini => &first["tools"][0]["functionDeclarations"][0],
        };
        assert_eq!(tool["name"], "search_pages", "{dialect:?}");
        returned(dialect, &second);
    }
}

/// The second request carries the model's own proposal, unchanged, and the result.
fn returned(dialect: Dialect, body: &Value) {
    match dialect {
        Dialect::OpenAi | Dialect::Plain => {
            let messages = body["messages"].as_array().unwrap();
            assert_eq!(messages[4]["tool_calls"][0]["function"]["arguments"], "{\"query\":\"boots\"}");
            assert_eq!(messages[5], json!({ "role": "tool", "tool_call_id": "c1", "content": "Boots: 60 days." }));
        }
        Dialect::Responses => {
            let input = body["input"].as_array().unwrap();
            assert_eq!((&input[3]["type"], &input[4]["type"]), (&json!("reasoning"), &json!("function_call")));
            assert_eq!(
                input[5],
                json!({ "type": "function_call_output", "call_id": "c1", "output": "Boots: 60 days." })
            );
        }
        Dialect::Anthropic => {
            let turn = &body["messages"][3]["content"];
            assert_eq!(turn[0], json!({ "type": "thinking", "thinking": "hm", "signature": "sg" }));
            assert_eq!(turn[1]["input"], json!({ "query": "boots" }));
            assert_eq!(
                body["messages"][4]["content"][0],
                json!({ "type": "tool_result", "tool_use_id": "c1", "content": "Boots: 60 days." })
            );
        }
        Dialect::Gemini => {
            assert_eq!(body["contents"][3]["parts"][0]["thoughtSignature"], "sg");
            let response = &body["contents"][4]["parts"][0]["functionResponse"];
            assert_eq!(response["response"]["result"], "Boots: 60 days.");
        }
    }
}

#[tokio::test]
async fn every_provider_is_asked_for_a_shape_in_its_own_way() {
    let ask = ask().in_shape(&SHAPE);
    assert_eq!(sent(Dialect::OpenAi, &ask).await["response_format"]["json_schema"]["strict"], true);
    assert_eq!(sent(Dialect::Responses, &ask).await["text"]["format"]["name"], "reading");
    assert_eq!(sent(Dialect::Anthropic, &ask).await["tool_choice"]["name"], "reading");
    assert_eq!(sent(Dialect::Gemini, &ask).await["generationConfig"]["responseMimeType"], "application/json");
    let compatible = &sent(Dialect::Plain, &ask).await["response_format"];
    assert_eq!((&compatible["type"], &compatible["json_schema"]["name"]), (&json!("json_schema"), &json!("reading")));
    let schema = json!({ "type": "object", "required": ["query"], "additionalProperties": false,
        "properties": { "query": { "type": "string", "description": "Words." } } });
    assert_eq!(compatible["json_schema"]["schema"], schema, "a server that holds a model to it needs all of it");
    for dialect in Dialect::ALL.into_iter().filter(|dialect| *dialect != Dialect::Anthropic) {
        let streamed = good(dialect).replace("Sixty", "{\\\"query\\\":").replace(" days.", "\\\"boots\\\"}");
        let (text, _, end) = told(&scripted(dialect, vec![ok(&streamed)]).await, &ask).await.unwrap();
        assert_eq!(end, Some(End::Complete), "{dialect:?}");
        assert_eq!(SHAPE.read(&text).unwrap()["query"], "boots", "{dialect:?}: in pieces");
    }
    let forced = calling(Dialect::Anthropic).replace("search_pages", "reading");
    let scene = scripted(Dialect::Anthropic, vec![ok(&forced)]).await;
    let (text, _, end) = told(&scene, &ask).await.unwrap();
    assert_eq!(end, Some(End::Complete));
    assert_eq!(SHAPE.read(&text).unwrap()["query"], "boots");
    assert!(SHAPE.read("{\"query\":\"boots\",\"also\":\"x\"}").is_none() && SHAPE.read("boots").is_none());
}

#[tokio::test]
async fn cut_declined_and_broken_answers_of_every_provider_are_told_apart() {
    let cases: &[(Dialect, &str, Result<End, ModelFault>)] = &[
        (Dialect::OpenAi, r#"{"choices":[{"delta":{"content":"z"},"finish_reason":"length"}]}"#, Ok(End::Cut)),
        (Dialect::OpenAi, r#"{"choices":[{"delta":{"refusal":"I cannot"}}]}"#, Err(ModelFault::Declined)),
        (Dialect::OpenAi, r#"{"choices":[{"delta":{},"finish_reason":"content_filter"}]}"#, Err(ModelFault::Declined)),
        (Dialect::OpenAi, r#"{"choices":7}"#, Err(ModelFault::Malformed)),
        (
            Dialect::OpenAi,
            r#"{"choices":[{"delta":{"tool_calls":[{"index":4000000000}]}}]}"#,
            Err(ModelFault::Malformed),
        ),
        (
            Dialect::Responses,
            r#"{"type":"response.incomplete","response":{"incomplete_details":{"reason":"max_output_tokens"}}}"#,
            Ok(End::Cut),
        ),
        (Dialect::Responses, r#"{"type":"response.refusal.delta","delta":"I"}"#, Err(ModelFault::Declined)),
        (
            Dialect::Responses,
            r#"{"type":"response.failed","response":{"error":{"code":"server_error","message":"you said"}}}"#,
            Err(ModelFault::Failed { status: 500 }),
        ),
        (Dialect::Responses, r#"{"sequence_number":1}"#, Err(ModelFault::Malformed)),
        (
            Dialect::Anthropic,
            r#"{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}"#,
            Err(ModelFault::Busy { retry_after: None }),
        ),
        (
            Dialect::Anthropic,
            r#"{"type":"message_delta","delta":{"stop_reason":"refusal"}}"#,
            Err(ModelFault::Declined),
        ),
        (Dialect::Anthropic, r#"{"type":"content_block_delta","delta":{}}"#, Err(ModelFault::Malformed)),
        (Dialect::Gemini, r#"{"promptFeedback":{"blockReason":"SAFETY"}}"#, Err(ModelFault::Declined)),
        (Dialect::Gemini, r#"{"candidates":[{"finishReason":"SAFETY"}]}"#, Err(ModelFault::Declined)),
        (Dialect::Gemini, r#"{"candidates":[{"finishReason":"MAX_TOKENS"}]}"#, Ok(End::Cut)),
        (Dialect::Gemini, r#"{"candidates":[{"finishReason":"MALFORMED_FUNCTION_CALL"}]}"#, Err(ModelFault::Malformed)),
        (Dialect::Gemini, r#"{"error":{"code":503,"status":"UNAVAILABLE"}}"#, Err(ModelFault::Failed { status: 500 })),
        (Dialect::Gemini, "7", Err(ModelFault::Malformed)),
    ];
    for (dialect, event, wanted) in cases {
        let scene = scripted(*dialect, vec![ok(&format!("data: {event}\n\n"))]).await;
        let got = told(&scene, &ask()).await.map(|(_, _, end)| end.unwrap());
        assert_eq!(&got, wanted, "{dialect:?}: {event}");
    }
}

#[tokio::test]
async fn refusals_of_every_provider_are_told_apart() {
    let overloaded = r#"{"type":"error","error":{"type":"overloaded_error"},"request_id":"r"}"#;
    let exhausted = r#"[{"error":{"code":429,"status":"RESOURCE_EXHAUSTED","details":[{"retryDelay":"3s"}]}}]"#;
    let wait = |seconds| ModelFault::Busy { retry_after: Some(std::time::Duration::from_secs(seconds)) };
    for (dialect, answer, wanted) in [
        (Dialect::OpenAi, no(429, "7", "{}"), wait(7)),
        (Dialect::OpenAi, no(429, "", r#"{"error":{"code":"insufficient_quota"}}"#), ModelFault::UsedUp),
        (Dialect::Responses, no(500, "", "secret"), ModelFault::Failed { status: 500 }),
        (Dialect::Anthropic, no(529, "", overloaded), ModelFault::Failed { status: 529 }),
        (Dialect::Anthropic, no(402, "", "{}"), ModelFault::UsedUp),
        (Dialect::Gemini, no(429, "", exhausted), wait(3)),
        (Dialect::Gemini, no(403, "", "{}"), ModelFault::Key { status: 403 }),
        (Dialect::Plain, no(404, "", "{}"), ModelFault::Refused { status: 404, code: "unknown".into() }),
        (Dialect::Plain, no(200, "", "{\"choices\":[]}"), ModelFault::Malformed),
    ] {
        let scene = scripted(dialect, vec![answer]).await;
        assert_eq!(told(&scene, &ask()).await.err(), Some(wanted), "{dialect:?}");
    }
}

#[tokio::test]
async fn embeddings_are_masked_recorded_and_only_where_they_are_offered() {
    let texts = [Masked::public("a"), Masked::public("b")];
    let openai = r#"{"object":"list","data":[{"index":1,"embedding":[0.5]},{"index":0,"embedding":[0.25]}]}"#;
    let gemini = r#"{"embeddings":[{"values":[0.25]},{"values":[0.5]}]}"#;
    for (dialect, answer, address) in [
        (Dialect::OpenAi, openai, "/script/embeddings"),
        (Dialect::Plain, openai, "/script/embeddings"),
        (Dialect::Gemini, gemini, "/script/models/small:batchEmbedContents"),
    ] {
        let scene = scripted(dialect, vec![ok(answer)]).await;
        let vectors = scene.client.embed(&texts, Side::Query, &scene.book).await.unwrap();
        assert_eq!(vectors, [[0.25], [0.5]], "{dialect:?}");
        let requests = scene.seen.requests.lock().unwrap();
        assert_eq!(requests[0].address, address);
        let written = scene.book.written.lock().unwrap();
        assert_eq!((written.len(), &written[0].0.content), (1, &requests[0].body), "recorded as it left");
    }
    let scene = scripted(Dialect::Anthropic, vec![ok("{}")]).await;
    assert_eq!(scene.client.embed(&texts, Side::Query, &scene.book).await, Err(ModelFault::NotOffered));
    assert!(scene.seen.requests.lock().unwrap().is_empty());
}

#[test]
fn what_a_model_proposed_starts_empty() {
    assert!(Said::default().calls().is_empty());
}
