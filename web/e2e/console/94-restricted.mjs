// Restricted data (Art. 18) at the desk: seen to be there, not shown in passing, shown to an admin for a reason, answered for one.
import assert from 'node:assert/strict';

const WORD = 'okapi-secret';

export default {
  async 'restricted words leave the screen, and come back for a reason only'(world) {
    const { owner } = world;
    const guest = await world.guest();
    await guest.visit();
    await guest.begin(`Please keep this: ${WORD}`);
    await guest.answer().or(guest.answer('abstained')).or(guest.answer('offered_person')).first().waitFor();
    await owner.go('/inbox');
    const id = (await owner.api('GET', `/v1/conversations?q=${WORD}`)).json.items[0].id;
    await owner.go(`/inbox/${id}`);
    await owner.said('visitor', WORD).waitFor();
    const thread = (await owner.api('GET', `/v1/conversations/${id}`)).json;
    await guest.frame.getByRole('button', { name: 'Have a person check this' }).first().click();
    await owner.go('/reviews');
    const review = owner.page.getByRole('link').filter({ hasText: WORD });
    await review.waitFor();
    const checked = await review.getAttribute('href');
    await owner.go(`/inbox/${id}`);
    await owner.said('visitor', WORD).waitFor();
    const person = thread.summary.person.id;
    assert.equal((await owner.api('POST', `/v1/marks/${person}/restriction`, { ground: 'accuracy' })).status, 200);
    // The person writes on: the desk hears that something happened, and what was on the screen goes.
    await guest.say('One more word of mine.');
    const hidden = owner.page.locator('[data-restricted]');
    await hidden.waitFor();
    assert.equal(await owner.page.getByText(WORD).count(), 0, 'nothing of it is left on the screen');
    await owner.row('Restricted: not shown').waitFor();
    assert.equal(await owner.page.locator('#composer').count(), 0, 'nor is there anything to answer with');
    await owner.accessible('a restricted conversation');
    await owner.shot('restricted');
    await owner.page.emulateMedia({ colorScheme: 'dark' });
    await owner.accessible('a restricted conversation in the dark');
    await owner.shot('restricted-dark');
    await owner.page.emulateMedia({ colorScheme: 'light' });
    await owner.page.setViewportSize({ width: 390, height: 844 });
    await owner.accessible('a restricted conversation on a phone');
    await owner.shot('restricted-phone');
    await owner.page.setViewportSize({ width: 1440, height: 900 });
    assert.equal((await owner.api('POST', `/v1/conversations/${id}/messages`, { client_id: 'x', text: 'Hello', note: false })).json.error.code, 'restricted');

    await hidden.getByLabel('For what must you see or answer them?').selectOption('claims');
    await owner.button('Show the words', hidden).click();
    await owner.said('visitor', WORD).waitFor();
    await owner.write('About your claim: we have it.');
    await owner.button('Take over and send').or(owner.button('Send')).first().click();
    await owner.said('agent', 'About your claim').waitFor();
    await guest.frame.getByText('About your claim: we have it.', { exact: true }).waitFor();
    await owner.shot('restricted-shown');
    const lines = (await owner.api('GET', '/v1/audit?action=message.reply')).json.items;
    assert.equal(lines[0].reason, 'art_18_claims');

    // A review of an answer shows the same words.
    await owner.go('/reviews');
    await owner.page.getByRole('link').filter({ hasText: 'Restricted: not shown' }).click();
    await hidden.waitFor();
    assert.equal(await owner.page.getByText(WORD).count(), 0);
    assert.match(owner.page.url(), new RegExp(`${checked}$`));
    await owner.accessible('a restricted review');
    await owner.shot('restricted-review');
    await hidden.getByLabel('For what must you see or answer them?').selectOption('claims');
    await owner.button('Show the words', hidden).click();
    await owner.page.getByText(WORD).first().waitFor();
    const looks = (await owner.api('GET', '/v1/audit?action=review.open')).json.items;
    assert.equal(looks[0].reason, 'art_18_claims');

    // What was collected for a request of hers holds the same words.
    const { request_id: request } = (await owner.api('POST', '/v1/requests', { kind: 'access', regime: 'gdpr', person_id: person })).json;
    await owner.go(`/requests/${request}`);
    await owner.button('Archive').click({ timeout: 30_000 });
    const sheet = owner.sheet();
    await sheet.getByLabel('For what must you see it?').selectOption('consent');
    await owner.accessible('an archive that is restricted');
    await owner.shot('restricted-archive');
    const [archive] = await Promise.all([owner.page.waitForEvent('download'), owner.button('Save the file', sheet).click()]);
    assert.equal(archive.suggestedFilename(), 'data.zip');
    const fetched = (await owner.api('GET', '/v1/audit?action=request.fetch')).json.items;
    assert.equal(fetched[0].reason, 'art_18_consent');
    await owner.go(`/inbox?q=${WORD}`);
    await owner.page.waitForTimeout(600);
    assert.equal(await owner.page.getByRole('listitem').filter({ hasText: 'Restricted' }).count(), 0, 'no search finds it');
  },
};
