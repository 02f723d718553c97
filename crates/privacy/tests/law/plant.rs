//! Plants one unique string in every personal field the map knows, for one person, through real sealing.

use std::collections::BTreeMap;

use datamap::{Field, Link, TABLES, Table, Who};
use model::RequestId;
use model::{
    Actor, AnswerId, ConversationId, DisclosureId, FileId, JobId, MessageId, PersonId, Role, VisitorSessionId,
};
use store::Value;
use store::audit::Act;
use vault::{Place, SubjectKey};

use crate::house::House;

/// Who outside received something.
pub const RECIPIENT: &str = "Example Models Ltd";

/// Numbers of requests whose names do not end like moments.
pub const COUNTS: &[&str] = &[
    "acknowledge_by",
    "code_tries",
    "codes_sent",
    "code_until",
    "reminded",
    "position",
    "transfers",
    "kept_until",
    "attempts",
];

/// One planted string.
#[derive(Clone)]
pub struct Marker {
    pub table: &'static str,
    pub column: &'static str,
    /// What must be found, or not: the words themselves, also where they are sealed.
    pub needle: Vec<u8>,
}

/// A person with something in every field.
pub struct Planted {
    pub person: PersonId,
    pub markers: Vec<Marker>,
    /// Ids of things of hers by table, herself included.
    pub ids: BTreeMap<&'static str, String>,
    /// The first bytes of every envelope sealed with her key.
    pub key_id: Vec<u8>,
}

struct Planter<'a> {
    house: &'a House,
    tag: &'a str,
    key: SubjectKey,
    planted: Planted,
    /// The record of a request of hers: it stays without her, so it is none of her ids.
    request: String,
    /// What she was asked to consent to: the organisation's, so it stays.
    wording: String,
}

/// Plants a person; `tag` makes her strings hers.
pub async fn plant(house: &House, tag: &str) -> Planted {
    let person = PersonId::new(&house.world);
    let key = house.keyring.create(house.organisation, &person.to_string()).await.unwrap();
    let nowhere = Place { organisation: house.organisation, table: "", column: "", row: "" };
    let key_id = key.seal_bytes(&nowhere, b"").unwrap().as_column()[2..10].to_vec();
    let tag = &format!("{tag}-{:x}", house.seed);
    let planted = Planted { person, markers: Vec::new(), ids: BTreeMap::new(), key_id };
    let request = RequestId::new(&house.world).to_string();
    let wording = model::ConsentTextId::new(&house.world).to_string();
    let mut planter = Planter { house, tag, key, planted, request, wording };
    planter.request().await;
    planter.wording().await;
    for table in TABLES.iter().rev().filter(|table| table.person().is_some()) {
        planter.row(table).await;
    }
    planter.mentions().await;
    planter.planted
}

impl Planter<'_> {
    /// One row with something in every column.
    async fn row(&mut self, table: &'static Table) {
        let id = self.id(table.name);
        self.planted.ids.insert(table.name, id.clone());
        let mut cells = Vec::new();
        for field in table.fields {
            cells.push((field.name, self.cell(table, field, &id)));
        }
        self.house.insert(table.name, cells).await;
    }

    /// The record of a request and one step of it, which name her.
    async fn request(&self) {
        let (house, person) = (self.house, self.planted.person.to_string());
        for table in ["request_step", "request"].into_iter().rev().filter_map(datamap::table) {
            let mut cells = Vec::new();
            for field in table.fields {
                let value = match (field.name, field.link, field.references) {
                    ("id", ..) if table.name == "request" => self.request.as_str().into(),
                    ("id", ..) => format!("step of {}", self.request).into(),
                    (_, Link::Mention, _) => person.as_str().into(),
                    (_, _, Some("organisation")) => house.organisation.into(),
                    (_, _, Some("member")) => house.member.into(),
                    (_, _, Some("request")) => self.request.as_str().into(),
                    ("code_index", ..) => Value::Bytes(vec![9; 16]),
                    (name, ..) if is_number(name) || COUNTS.contains(&name) => house.world.now().into(),
                    (name, ..) => name.into(),
                };
                cells.push((field.name, value));
            }
            house.insert(table.name, cells).await;
        }
    }

    /// A wording that she decides about.
    async fn wording(&self) {
        let (house, number) = (self.house, Value::Int(1));
        let word = |name| (name, Value::from(self.wording.as_str()));
        let cells = vec![
            word("id"),
            ("organisation", house.organisation.into()),
            word("purpose"),
            ("version", number),
            ("language", "en".into()),
            word("body"),
            ("body_hash", Value::Bytes(vec![8; 32])),
            ("created_at", house.world.now().into()),
        ];
        house.insert("consent_text", cells).await;
    }

    fn id(&self, table: &str) -> String {
        let world = &self.house.world;
        match table {
            "person" => self.planted.person.to_string(),
            "conversation" | "conversation_word" => ConversationId::new(world).to_string(),
            "message" => MessageId::new(world).to_string(),
            "file" => FileId::new(world).to_string(),
            "answer" => AnswerId::new(world).to_string(),
            "disclosure" => DisclosureId::new(world).to_string(),
            "legal_hold" => model::LegalHoldId::new(world).to_string(),
            "visitor_session" => VisitorSessionId::new(world).to_string(),
            "review" => model::ReviewId::new(world).to_string(),
            "lineage" => model::LineageId::new(world).to_string(),
            // Nobody parses these: what counts is that they are hers alone.
            other => format!("{other}_{}", MessageId::new(world)),
        }
    }

    fn cell(&mut self, table: &'static Table, field: &'static Field, id: &str) -> Value {
        if field.name == "id" {
            return id.into();
        }
        if field.link == Link::Person {
            return self.planted.person.into();
        }
        match field.references {
            Some("organisation") => return self.house.organisation.into(),
            Some("member") => return self.house.member.into(),
            Some("request") => return self.request.as_str().into(),
            Some("consent_text") => return self.wording.as_str().into(),
            Some(parent) => return self.planted.ids[parent].as_str().into(),
            None => {}
        }
        if is_number(field.name) {
            return self.house.world.now().into();
        }
        if field.name == "recipient" {
            // The name of a company, not hers alone: the receipt repeats it, and it stays there.
            return RECIPIENT.into();
        }
        let marker = format!("marker of {} in {} {}", self.tag, table.name, field.name);
        let trace = field.preset.name == datamap::TRACE.name && field.is_sealed();
        let text = if trace { format!("{{\"question\":\"{marker}\"}}") } else { marker.clone() };
        let value = self.value(table, field, id, &text);
        if field.preset.who == Who::Visitor {
            let needle = match &value {
                Value::Bytes(bytes) if !field.is_sealed() => bytes.clone(),
                _ => marker.into_bytes(),
            };
            self.planted.markers.push(Marker { table: table.name, column: field.name, needle });
        }
        value
    }

    fn value(&self, table: &'static Table, field: &'static Field, id: &str, text: &str) -> Value {
        let place = Place { organisation: self.house.organisation, table: table.name, column: field.name, row: id };
        if field.is_sealed() {
            return self.key.seal(&place, text).unwrap().into();
        }
        if field.is_index() || field.name.ends_with("_hash") {
            // What a keyed fingerprint looks like: bytes that are hers alone.
            return Value::Bytes(
                format!("{:0>24}", format!("{}{}{}", self.tag, table.name.len(), field.name)).into_bytes(),
            );
        }
        text.into()
    }

    /// Work to do and audit lines about her, written by herself and by the staff.
    async fn mentions(&mut self) {
        let (house, ids) = (self.house, self.planted.ids.clone());
        let (organisation, now) = (house.organisation, house.world.now());
        for (position, (kind, id)) in ids.iter().enumerate() {
            let number = |name| (name, Value::Int(0));
            house
                .insert(
                    "job",
                    vec![
                        ("id", JobId::new(&house.world).into()),
                        ("organisation", organisation.into()),
                        ("kind", "answer".into()),
                        ("subject", id.as_str().into()),
                        ("state", "done".into()),
                        number("attempts"),
                        number("run_at"),
                        number("done_steps"),
                        number("total_steps"),
                        ("created_at", now.into()),
                    ],
                )
                .await;
            let by_her = position % 2 == 0;
            let actor = if by_her {
                Actor::Visitor { organisation, person: self.planted.person }
            } else {
                Actor::Member { organisation, member: house.member, role: Role::Agent }
            };
            let action = format!("read.{kind}");
            let act = Act { action: &action, reason: "support", object_kind: kind, object: id, request: "req_planted" };
            house.store.write(house.work().with(store::audit::insert(&house.world, &actor, &act))).await.unwrap();
        }
    }
}

/// Columns that hold numbers. A new one fails loudly: the strict tables refuse a text.
pub fn is_number(column: &str) -> bool {
    column.ends_with("_at")
        || column.ends_with("_since")
        || column.ends_with("_ms")
        || ["seq", "last_seq", "words_seq", "epoch", "bytes", "version", "gpc", "dnt"].contains(&column)
}
