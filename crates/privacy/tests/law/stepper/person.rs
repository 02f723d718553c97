//! Everything that is tied to a person, from the map: a row in every table of hers, and what names her elsewhere.

use std::collections::BTreeMap;

use datamap::{Field, Keep, Link, TABLES, Table};
use model::{Actor, AnswerId, ConversationId, JobId, MessageId, Moment, PersonId, RequestId, Role};
use store::audit::Act;
use store::conversation::{Lane, NewConversation};
use store::{Statement, Value, conversation, retention};
use vault::{Place, SubjectKey};

use super::{Stepper, days, months_after};
use crate::house::row;
use crate::plant::{COUNTS, is_number};

/// Marks that would keep her, or that are set later.
const UNSET: &[&str] =
    &["ai_off_at", "ai_off_reasons", "restricted_at", "restricted_ground", "lift_told_at", "deleted_at", "lifted_at"];

/// The one wording everybody decides about.
pub const WORDING: &str = "txt_planted";

/// Somebody, while her rows are made.
struct Hers {
    person: PersonId,
    request: RequestId,
    key: SubjectKey,
    at: Moment,
    ids: BTreeMap<&'static str, String>,
}

/// After how many days a row ends by itself, where its own column says so.
fn own_end(table: &Table) -> Option<u32> {
    let until = matches!(table.person()?.preset.keep, Keep::Until(_));
    match table.name {
        "visitor_session" => Some(7),
        "request_file" => Some(30),
        name => {
            assert!(!until, "say here when {name} ends");
            None
        }
    }
}

impl Stepper<'_> {
    /// Somebody who has everything and says nothing more, somebody who comes back, and what the regular visitor leaves.
    pub async fn plant_person(&mut self, at: Moment) {
        let world = &self.house.world;
        let (person, request) = (PersonId::new(world), RequestId::new(world));
        let gone = at.plus(days(90));
        let key = self.house.keyring.create(self.house.organisation, &person.to_string()).await.unwrap();
        let mut hers = Hers { person, request, key, at, ids: BTreeMap::new() };
        let mut statements = self.plant_request(&hers);
        for table in TABLES.iter().rev().filter(|table| table.person().is_some()) {
            statements.push(self.row_of(&mut hers, table));
            let ends = own_end(table).map_or(gone, |own| at.plus(days(own)).min(gone));
            let id = if table.has_id() { &hers.ids[table.name] } else { &hers.ids["conversation"] };
            self.item(table.name, id.clone(), ends);
        }
        statements.extend(self.named(&hers));
        self.write(statements).await;
        self.item("key of somebody", person, gone);
        self.item("words that left", hers.ids["disclosure"].clone(), at.plus(days(30)));
        for class in ["work about somebody", "somebody in the audit log", "whose request", "whose step"] {
            self.item(class, person, gone);
        }
        self.come_and_go(at).await;
    }

    /// A row with something in every column.
    fn row_of(&self, hers: &mut Hers, table: &'static Table) -> Statement {
        let id = match table.name {
            "person" => hers.person.to_string(),
            "conversation" => ConversationId::new(&self.house.world).to_string(),
            "answer" => AnswerId::new(&self.house.world).to_string(),
            other => format!("{other}_{}", MessageId::new(&self.house.world)),
        };
        hers.ids.insert(table.name, id.clone());
        let fields = table.fields.iter().filter(|field| !UNSET.contains(&field.name));
        row(table.name, fields.map(|field| (field.name, self.cell(hers, table, field, &id))).collect())
    }

    fn cell(&self, hers: &Hers, table: &Table, field: &Field, id: &str) -> Value {
        match (field.name, field.references) {
            ("id", _) => id.into(),
            _ if field.link == Link::Person => hers.person.into(),
            (_, Some("organisation")) => self.house.organisation.into(),
            (_, Some("member")) => self.house.member.into(),
            (_, Some("request")) => hers.request.into(),
            (_, Some("consent_text")) => WORDING.into(),
            (_, Some(parent)) => hers.ids[parent].as_str().into(),
            ("request", _) => hers.request.into(),
            // A hold that ends by itself long before her period does.
            ("ends_at", _) => hers.at.plus(days(10)).into(),
            ("expires_at", _) => hers.at.plus(days(own_end(table).unwrap_or(30))).into(),
            (name, _) if is_number(name) => hers.at.into(),
            (column, _) if field.is_sealed() => {
                let place = Place { organisation: self.house.organisation, table: table.name, column, row: id };
                hers.key.seal(&place, "{\"question\":\"planted\"}").unwrap().into()
            }
            (name, _) if field.is_index() || name.ends_with("_hash") => {
                Value::Bytes(format!("{name} of {id}").into_bytes())
            }
            (name, _) => name.into(),
        }
    }

    /// Her request, which ended on the day it came: the record outlives her, its words do not.
    fn plant_request(&mut self, hers: &Hers) -> Vec<Statement> {
        let (at, id) = (hers.at, hers.request.to_string());
        let ends = months_after(at, 24);
        let mut statements = Vec::new();
        for table in ["request", "request_step"].into_iter().filter_map(datamap::table) {
            let own = if table.name == "request" { id.clone() } else { format!("step of {id}") };
            let cell = |field: &Field| match (field.name, field.link, field.references) {
                ("id", ..) => own.as_str().into(),
                (_, Link::Mention, _) => hers.person.into(),
                (_, _, Some("organisation")) => self.house.organisation.into(),
                (_, _, Some("member")) => self.house.member.into(),
                (_, _, Some("request")) => hers.request.into(),
                ("expires_at", ..) => ends.into(),
                ("code_until", ..) => at.plus(days(2)).into(),
                ("code_index", ..) => Value::Bytes(vec![9; 16]),
                (name, ..) if is_number(name) || COUNTS.contains(&name) => at.into(),
                (name, ..) => name.into(),
            };
            statements.push(row(table.name, table.fields.iter().map(|field| (field.name, cell(field))).collect()));
        }
        self.item("request", &id, ends);
        self.item("step of a request", format!("step of {id}"), ends);
        self.item("code of a request", &id, at.plus(days(2)));
        let agent = format!("asked {id}");
        let mut cells: Vec<(&str, Value)> = vec![
            ("id", agent.as_str().into()),
            ("organisation", self.house.organisation.into()),
            ("request", hers.request.into()),
            ("asked_by", super::desk::AGENT.into()),
            ("callback_sealed", Value::Bytes(vec![1])),
        ];
        cells.extend([("exercise", "access".into()), ("told", "".into()), ("created_at", at.into())]);
        cells.push(("expires_at", at.plus(days(60)).into()));
        statements.push(row("agent_request", cells));
        self.item("request by an agent", agent, at.plus(days(60)));
        statements
    }

    /// Work to do and lines of the audit log with her id.
    fn named(&mut self, hers: &Hers) -> Vec<Statement> {
        let (house, name) = (self.house, hers.person.to_string());
        let organisation = house.organisation;
        let mut cells: Vec<(&str, Value)> = vec![
            ("id", JobId::new(&house.world).into()),
            ("organisation", organisation.into()),
            ("kind", "planted".into()),
            ("subject", name.as_str().into()),
            ("state", "ready".into()),
        ];
        cells.extend(
            ["attempts", "run_at", "done_steps", "total_steps", "created_at"].map(|name| (name, Value::Int(0))),
        );
        let actor = Actor::Member { organisation, member: house.member, role: Role::Agent };
        let line = |action: &'static str, object: &str| {
            let act = Act { action, reason: "support", object_kind: "person", object, request: "req_planted" };
            store::audit::insert(&house.world, &actor, &act)
        };
        let thing = format!("thing of {name}");
        let statements = vec![row("job", cells), line("person.read", &name), line("settings.change", &thing)];
        self.item("line of the audit log", thing, months_after(hers.at, 24));
        statements
    }

    /// One comes back after forty days; the regular visitor begins two conversations, and the staff deletes one of them.
    async fn come_and_go(&mut self, at: Moment) {
        let organisation = self.house.organisation;
        let (back, talk) = self.house.visitor(at).await;
        self.visits.push((at.plus(days(40)), back));
        self.item("conversation", talk, at.plus(days(90)));
        self.item("somebody who came back", back, at.plus(days(40 + 90)));
        let talks = [(); 2].map(|()| ConversationId::new(&self.house.world));
        let mut statements = Vec::new();
        for id in talks {
            let (person, lane) = (self.regular, Lane::Ai);
            let talk = NewConversation { id, person, lane, locale: "de".into(), page_host: None, at };
            statements.push(conversation::insert(organisation, talk));
        }
        statements.extend(retention::delete_conversation(organisation, talks[1], at));
        self.write(statements).await;
        self.item("conversation of somebody who still comes", talks[0], at.plus(days(90)));
        self.item("deleted conversation", talks[1], at);
    }
}
