// The page with the promises: each with its proof, checked now, and one that somebody vouches for.
import assert from 'node:assert/strict';

export default {
  async 'every promise with the figure behind it, checked at a press'(world) {
    const { owner } = world;
    await owner.go('/promises');
    await owner.heading('Promises').waitFor();
    await owner.button('Check now').click();
    const sealed = owner.page.locator('#words-sealed');
    await sealed.getByText('holds', { exact: true }).waitFor();
    await sealed.locator('summary').click();
    await sealed.getByText('cells without a seal').first().waitFor();
    assert.match(await sealed.innerText(), /values of sealed columns looked at, 0 are no envelope/);
    await owner.page.waitForTimeout(400);
    await owner.shot('promises');
    await owner.accessible('the promises');
  },

  async 'somebody vouches for what no check can see'(world) {
    const { owner } = world;
    await owner.go('/promises');
    const review = owner.page.locator('#yearly-review');
    await review.getByText('nobody vouches').waitFor();
    await review.locator('summary').click();
    await review.getByLabel('What did you look at to be sure?').fill('Report 7 of Pruefhaus Nord');
    await review.getByRole('button', { name: 'Vouch for it' }).click();
    await review.getByText('attested', { exact: true }).waitFor();
    await review.getByText('Marta Lind vouches for this until').waitFor();
    await owner.shot('promises-attested');
  },
};
