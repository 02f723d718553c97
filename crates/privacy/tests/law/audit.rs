//! The audit log can be trusted: whatever is done to it afterwards is found, and an erasure does not break it.

use std::io::{Cursor, Write};
use std::process::{Command, Stdio};

use model::Actor;
use privacy::audit::verify::{Invalid, Witness, export as verify};
use privacy::audit::{Exporter, Keeper, mark, seal, state, walk};
use serde_json::Value as Json;
use store::audit::Act;
use store::{Fence, Statement, Work};

use crate::dump::{Hay, cells};
use crate::house::House;
use crate::plant::plant;

/// Lines about things of the house, written by a member.
async fn lines(house: &House, count: usize) {
    let actor = Actor::Member { organisation: house.organisation, member: house.member, role: model::Role::Admin };
    for number in 0..count {
        let object = format!("sig_{number}");
        let act = Act {
            action: "settings.change",
            reason: "administration",
            object_kind: "sighting",
            object: &object,
            request: "req_1",
        };
        let line = store::audit::insert(&house.world, &actor, &act);
        house.store.write(house.work().with(line)).await.unwrap();
    }
}

async fn exported(house: &House) -> String {
    let mut exporter = Exporter::new(&house.keyring, &house.store, &house.world, house.organisation).await.unwrap();
    let mut text = String::new();
    while let Some(piece) = exporter.next().await.unwrap() {
        text.push_str(&piece);
    }
    text
}

fn judged(text: &str) -> Result<privacy::audit::verify::Verified, Invalid> {
    verify(Cursor::new(text), None, None)
}

async fn flaw(house: &House) -> Option<String> {
    let verdict = walk(&house.keyring, &house.store, &house.world, house.organisation).await.unwrap();
    verdict.flaw.map(|flaw| flaw.to_string())
}

async fn run(house: &House, sql: &'static str) {
    let changed = house.store.write(Work::new(Fence::House).with(Statement::new(sql, Vec::new()))).await.unwrap();
    assert!(changed[0].changed > 0, "the attack happened: {sql}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn lines_are_sealed_in_order_and_once_however_many_seal() {
    for house in House::both().await {
        lines(&house, 30).await;
        let before = state(&house.store, house.organisation).await.unwrap();
        assert_eq!((before.last, before.unsealed), (0, 30), "counted while they wait");
        let sealers = (0..4).map(|_| {
            let (store, organisation) = (house.store.clone(), house.organisation);
            tokio::spawn(async move { seal(&store, organisation).await.unwrap() })
        });
        let mut sealed = 0;
        for sealer in sealers.collect::<Vec<_>>() {
            sealed += sealer.await.unwrap();
        }
        let after = state(&house.store, house.organisation).await.unwrap();
        assert_eq!((sealed, after.last, after.unsealed), (30, 30, 0));
        assert_eq!(flaw(&house).await, None);
    }
}

/// Somebody writes into the database itself: each attack is found by the walk, on both engines.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_writes_into_the_database_is_found_out() {
    let attacks: &[(&str, &str)] = &[
        ("UPDATE audit SET action = 'settings.read' WHERE seq = 5", "entry 5 was changed"),
        ("UPDATE audit SET object = 'sig_99' WHERE seq = 5", "an id in entry 5 was changed"),
        ("UPDATE audit SET created_at = created_at - 1 WHERE seq = 5", "entry 5 was changed"),
        ("UPDATE audit SET reason = 'support' WHERE seq = 10", "entry 10 was changed"),
        ("UPDATE audit SET actor = 'erased', actor_salt = NULL WHERE seq = 5", "belongs to no customer"),
        ("UPDATE audit SET object = 'erased', object_salt = NULL WHERE seq = 5", "belongs to no customer"),
        ("DELETE FROM audit WHERE seq = 5", "entry 5 is missing"),
        ("DELETE FROM audit WHERE seq = 1", "entry 1 is missing"),
        ("DELETE FROM audit WHERE seq = 10", "ends at entry 9"),
        ("DELETE FROM audit WHERE seq > 0", "ends at entry 0"),
    ];
    for (attack, found) in attacks {
        for house in House::both().await {
            lines(&house, 10).await;
            mark(&house.keyring, &house.store, &house.world, house.organisation).await.unwrap();
            assert_eq!(flaw(&house).await, None);
            run(&house, attack).await;
            let flaw = flaw(&house).await.unwrap_or_default();
            assert!(flaw.contains(found), "{attack}: {flaw}");
            let says = state(&house.store, house.organisation).await.unwrap().verified.unwrap().1;
            assert!(says.contains(found), "the outcome is noted: {says}");
        }
    }
}

/// Swapping two lines, and a whole chain computed anew by somebody who has no signing key.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn reordering_and_rewriting_are_found() {
    let house = House::embedded().await;
    lines(&house, 10).await;
    mark(&house.keyring, &house.store, &house.world, house.organisation).await.unwrap();
    run(&house, "UPDATE audit SET seq = 1003 WHERE seq = 3").await;
    run(&house, "UPDATE audit SET seq = 3 WHERE seq = 4").await;
    run(&house, "UPDATE audit SET seq = 4 WHERE seq = 1003").await;
    assert!(flaw(&house).await.unwrap().contains("entry 3 was changed"));

    let house = House::embedded().await;
    lines(&house, 10).await;
    mark(&house.keyring, &house.store, &house.world, house.organisation).await.unwrap();
    run(&house, "UPDATE audit SET action = 'settings.read', seq = NULL, hash = NULL WHERE seq > 0").await;
    assert_eq!(seal(&house.store, house.organisation).await.unwrap(), 10);
    assert!(flaw(&house).await.unwrap().contains("checkpoint at entry 10"), "the chain fits itself, not its mark");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_export_convinces_a_stranger_and_no_line_of_it_can_be_touched() {
    let house = House::embedded().await;
    lines(&house, 6).await;
    mark(&house.keyring, &house.store, &house.world, house.organisation).await.unwrap();
    lines(&house, 6).await;
    let text = exported(&house).await;
    let sound = judged(&text).unwrap();
    assert_eq!((sound.first, sound.last, sound.checkpoints, sound.shredded), (1, 12, 2, 0));
    let rows: Vec<&str> = text.lines().collect();
    let without = |gone: usize| {
        let kept = rows.iter().enumerate().filter(|(place, _)| *place != gone).map(|(_, row)| format!("{row}\n"));
        kept.collect::<String>()
    };
    for (gone, row) in rows.iter().enumerate() {
        // A checkpoint in the middle may be left out: the signed last line covers all entries.
        if !row.contains("\"kind\":\"checkpoint\"") {
            assert!(judged(&without(gone)).is_err(), "line {gone} can be removed: {row}");
        }
    }
    for place in 1..rows.len() - 1 {
        let mut swapped = rows.clone();
        swapped.swap(place, place + 1);
        assert!(judged(&swapped.join("\n")).is_err(), "lines {place} and {} can be swapped", place + 1);
    }
    for cut in 0..rows.len() {
        assert!(judged(&rows[..cut].join("\n")).is_err(), "cut off after {cut} lines");
    }
    for (place, row) in rows.iter().enumerate() {
        for (old, new) in [
            ("settings", "sittings"),
            ("sig_", "sig-"),
            ("\"seq\":", "\"seq\":1"),
            ("req_1", "req_2"),
            ("\"at\":", "\"at\":1"),
        ] {
            if row.contains(old) {
                let mut changed = rows.clone();
                let other = row.replacen(old, new, 1);
                changed[place] = &other;
                assert!(judged(&changed.join("\n")).is_err(), "line {place}: {old} became {new}");
            }
        }
    }
    assert_eq!(judged(&format!("{text}{}", rows[2])), Err(Invalid::WrongEnd), "nothing can be added");
    assert_eq!(judged(""), Err(Invalid::NotExport));
    assert_eq!(judged("{}"), Err(Invalid::NotExport));
    let other = data_encoding::BASE64.encode(&[1; 32]);
    assert!(matches!(verify(Cursor::new(&text), Some(&other), None), Err(Invalid::Unsigned { .. })));
}

/// Whoever has the master key could write another log; not one that goes through a checkpoint somebody else kept.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_checkpoint_kept_elsewhere_finds_a_log_that_was_written_anew() {
    let house = House::embedded().await;
    lines(&house, 5).await;
    let kept = mark(&house.keyring, &house.store, &house.world, house.organisation).await.unwrap().unwrap();
    let witness = Witness::read(&kept.signed, None).unwrap();
    let text = exported(&house).await;
    assert!(verify(Cursor::new(&text), None, Some(&witness)).is_ok());
    run(&house, "UPDATE audit SET action = 'settings.read', seq = NULL, hash = NULL WHERE seq > 0").await;
    run(&house, "DELETE FROM audit_checkpoint WHERE seq > 0").await;
    let forged = exported(&house).await;
    assert!(judged(&forged).is_ok(), "its own signatures fit");
    assert_eq!(verify(Cursor::new(&forged), None, Some(&witness)), Err(Invalid::NotOnTheWay));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_erasure_shreds_the_ids_and_leaves_the_chain_whole() {
    for house in House::both().await {
        let ada = plant(&house, "ada").await;
        plant(&house, "bob").await;
        lines(&house, 3).await;
        mark(&house.keyring, &house.store, &house.world, house.organisation).await.unwrap();
        let before = exported(&house).await;
        assert!(before.contains(&ada.person.to_string()) && judged(&before).unwrap().shredded == 0);
        house.erase(ada.person).await;
        assert_eq!(flaw(&house).await, None);
        let after = exported(&house).await;
        let sound = judged(&after).unwrap();
        assert!(sound.shredded as usize >= ada.ids.len(), "{} were shredded", sound.shredded);
        let dump = Hay::new(&cells(&house).await);
        for line in before.lines().map(|line| serde_json::from_str::<Json>(line).unwrap()) {
            for part in ["actor", "object"] {
                // A row without an id of its own cannot be mentioned by one.
                let named = |table: &str| datamap::table(table).is_some_and(datamap::Table::has_id);
                let hers = ada.ids.iter().any(|(table, id)| named(table) && line[part] == id.as_str());
                if hers {
                    let salt = line[format!("{part}_salt")].as_str().unwrap();
                    assert!(!after.contains(salt), "a salt of hers is in the export");
                    let salt = data_encoding::HEXLOWER.decode(salt.as_bytes()).unwrap();
                    assert!(!dump.has(&salt), "a salt of hers is in the database: a guess could be proved");
                }
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn after_24_months_lines_go_and_the_rest_still_verifies() {
    let house = House::embedded().await;
    let keeper = Keeper::new(house.counter());
    lines(&house, 5).await;
    house.clock.advance(std::time::Duration::from_secs(60));
    let between = house.world.now();
    lines(&house, 4).await;
    mark(&house.keyring, &house.store, &house.world, house.organisation).await.unwrap();
    keeper.cut(house.organisation, between).await.unwrap();
    let stands = state(&house.store, house.organisation).await.unwrap();
    assert_eq!(stands.last, 9);
    assert!(stands.first >= 5, "older ones are gone: {}", stands.first);
    assert_eq!(flaw(&house).await, None);
    let sound = judged(&exported(&house).await).unwrap();
    assert_eq!((sound.first, sound.last), (stands.first, 9));
    lines(&house, 2).await;
    assert_eq!(flaw(&house).await, None, "it goes on");
    run(&house, "DELETE FROM audit WHERE seq = (SELECT min(seq) FROM audit)").await;
    assert!(flaw(&house).await.is_some(), "nobody else may cut");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_second_implementation_verifies_an_export() {
    let house = House::embedded().await;
    plant(&house, "ada").await;
    lines(&house, 5).await;
    let text = exported(&house).await;
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/second_hand.py");
    let python = |text: &str| {
        let child = Command::new("python3").arg(script).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
        let mut child = child.ok()?;
        child.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
        let output = child.wait_with_output().unwrap();
        Some((output.status.code(), String::from_utf8(output.stdout).unwrap()))
    };
    let Some((code, said)) = python(&text) else { return eprintln!("skipped: there is no python3 here") };
    if code == Some(77) {
        assert!(std::env::var("REQUIRE_SECOND_HAND").as_deref() != Ok("1"), "python3 has no cryptography");
        return eprintln!("skipped: python3 has no cryptography here");
    }
    assert_eq!(code, Some(0), "{said}");
    let said: Json = serde_json::from_str(&said).unwrap();
    let sound = judged(&text).unwrap();
    assert_eq!((said["last"].as_i64(), said["key"].as_str()), (Some(sound.last), Some(sound.public_key.as_str())));
    for (old, new) in [("settings.change", "settings.read"), ("sig_3", "sig_4"), ("\"last\":", "\"last\":1")] {
        assert_eq!(python(&text.replacen(old, new, 1)).unwrap().0, Some(1), "{old} became {new}");
    }
    let cut: String = text.lines().take(6).map(|line| format!("{line}\n")).collect();
    assert_eq!(python(&cut).unwrap().0, Some(1));
}
