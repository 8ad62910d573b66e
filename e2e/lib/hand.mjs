// Two ways to use a page: by keyboard alone with scripts, and by clicking without them.

const MEST_TABB = 600;

/** Moves the focus with Tab until it is there, as somebody without a mouse must. */
async function tabbaTill(sida, mal) {
  for (let steg = 0; steg < MEST_TABB; steg += 1) {
    if (await mal.evaluate((e) => e === document.activeElement)) return;
    await sida.keyboard.press('Tab');
  }
  throw new Error(`Tabb når inte ${mal}`);
}

const tangentbord = {
  namn: 'tangentbord',
  na: tabbaTill,
  async tryck(sida, mal) {
    await tabbaTill(sida, mal);
    await sida.keyboard.press('Enter');
  },
  async skriv(sida, mal, text) {
    await tabbaTill(sida, mal);
    await sida.keyboard.press('Control+A');
    await sida.keyboard.insertText(text);
  },
  async valj(sida, mal, text) {
    await tabbaTill(sida, mal);
    await sida.keyboard.press('Home');
    for (let steg = await mal.locator('option').count(); steg > 0; steg -= 1) {
      if (await mal.evaluate((e, ord) => e.selectedOptions[0].text.includes(ord), text)) return;
      await sida.keyboard.press('ArrowDown');
    }
    throw new Error(`Pilarna når inte ${text}`);
  },
  async kryssa(sida, mal) {
    await tabbaTill(sida, mal);
    await sida.keyboard.press('Space');
  },
};

const klick = {
  namn: 'klick utan skript',
  na: (sida, mal) => mal.scrollIntoViewIfNeeded(),
  tryck: (sida, mal) => mal.click(),
  skriv: (sida, mal, text) => mal.fill(text),
  async valj(sida, mal, text) {
    const val = mal.locator('option', { hasText: text }).first();
    await mal.selectOption(await val.getAttribute('value'));
  },
  kryssa: (sida, mal) => mal.check(),
};

/** The two hands, and what their browser contexts need. */
export const HANDER = [[tangentbord, {}], [klick, { javaScriptEnabled: false }]];

/** Presses what leads to another page, and waits until that is there. */
export async function folj(hand, sida, mal) {
  await hand.na(sida, mal);
  const laddad = sida.waitForEvent('load');
  await hand.tryck(sida, mal);
  await laddad;
}
