// Papers as a person could have written them: made up, and said to be.

/**
 * A paper whose rows distribute less than the 900 000 kr that were allocated; 20 000 kr less
 * unless the second row is given.
 */
export function papper(huvudman, namn, andra = '380 000 kr') {
  const insats = (nr, budget) => ({
    id: `${namn}-${nr}`,
    namn: `Provinsats ${namn} ${nr}`,
    ansvariga: ['arbetsmarknadsnamnden'],
    bidrag: namn,
    ekonomi: [{ ar: 2026, budget: [{ belopp: budget, plats: 's. 2' }] }],
    plats: 's. 2',
  });
  const rad = (nr, nytt) => ({
    id: `rad-${nr}`, etikett: `Provinsats ${nr}`, insats: `${namn}-${nr}`, belopp: [{ ar: 2026, nytt }],
  });
  return JSON.stringify({
    format: 'utfall-underlag/1',
    dokument: {
      titel: namn,
      slag: 'uppfoljning',
      huvudman: {
        slug: huvudman, namn: 'Forsby kommun (påhittad)', slag: 'kommun', pahittat: true,
      },
      datum: '2026-11-02',
      kalla: 'Påhittat för provet',
    },
    organisationer: [
      { id: 'inkluderingsverket', namn: 'Inkluderingsverket (påhittat)', slag: 'myndighet' },
      { id: 'arbetsmarknadsnamnden', namn: 'Arbetsmarknadsnämnden', slag: 'namnd' },
    ],
    bidrag: [{
      id: namn,
      namn: `Provstöd ${namn}`,
      finansiar: 'inkluderingsverket',
      overforing: 'ej-tillaten',
      plats: 's. 1',
      ar: [{ ar: 2026, status: 'slutlig', tilldelat: [{ belopp: '900 000 kr', plats: 's. 1' }] }],
    }],
    insatser: [insats(1, '500 000 kr'), insats(2, andra)],
    fordelningar: [{
      id: `fordelning-${namn}`,
      titel: `Fördelning ${namn}`,
      bidrag: [namn],
      status: 'forslag',
      rader: [rad(1, '500 000 kr'), rad(2, andra)],
      summor: [{ ar: 2026, tilldelat: '900 000 kr', plats: 's. 3' }],
      plats: 's. 3',
    }],
  });
}
