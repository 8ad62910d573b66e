/* Utfall: a table of amounts as in a spreadsheet. The page works without this file: then the
   server counts, and a block is pasted in a text field. */
'use strict'

/* What a block says: the same rules as domain/src/medel/klistra.rs, held to the same file. */
const rutnat = (() => {
  const STEG = { kr: [100n, 2], tkr: [100000n, 5], mkr: [100000000n, 8] }
  const ORD = {
    kr: 'kr', kronor: 'kr', krona: 'kr', sek: 'kr', ':-': 'kr',
    tkr: 'tkr', 'tusen kronor': 'tkr', tusen: 'tkr', ksek: 'tkr',
    mkr: 'mkr', mnkr: 'mkr', msek: 'mkr', 'miljoner kronor': 'mkr', miljoner: 'mkr', miljon: 'mkr'
  }
  const STORST = 2n ** 63n - 1n
  const rent = (text) => text.replace(/[\n\r\t]/g, ' ').replaceAll('\u2007', '\u00a0').trim()
  const fel = (kod) => ({ fel: kod })

  function tal (text, enhet) {
    text = text.trim()
    const negativt = /^[-\u2212\u2013]/.test(text)
    text = negativt ? text.slice(1).trimStart() : text.replace(/^\+/, '')
    const komma = text.indexOf(',')
    const hela = komma < 0 ? text : text.slice(0, komma)
    const decimaler = komma < 0 ? '' : text.slice(komma + 1)
    const grupper = hela.split(/[ \u00a0\u202f\u2009.]/)
    const ratt = grupper.length === 1 ||
      grupper.every((g, nr) => nr === 0 ? g.length >= 1 && g.length <= 3 : g.length === 3)
    const siffror = grupper.join('')
    if (siffror === '') return fel('inget-tal')
    if (!ratt || (komma >= 0 && decimaler === '') || /\D/.test(siffror + decimaler)) return fel('felskrivet')
    const [per, flest] = STEG[enhet]
    if (decimaler.length > flest) return fel('decimaler')
    const ore = BigInt(siffror + decimaler) * per / 10n ** BigInt(decimaler.length)
    if (BigInt(siffror + decimaler) > STORST || ore > STORST) return fel('for-stort')
    return { ore: negativt ? -ore : ore }
  }

  /** { ore } or { fel }; ore is null in an empty cell. */
  function belopp (text, enhet) {
    text = rent(text)
    if (/^[-\u2013\u2014\u2212]?$/.test(text)) return { ore: null }
    const parentes = /^\(.*\)$/s.test(text)
    let inom = parentes ? rent(text.slice(1, -1)) : text
    inom = inom.startsWith('kr ') || inom.startsWith('SEK ') ? rent(inom.replace(/^\w+ /, '')) : inom
    const delar = /^(.*\d)(\D*)$/s.exec(inom)
    if (!delar) return fel('inget-tal')
    let ord = rent(delar[2])
    const sist = /^[-\u2212\u2013]/.test(ord)
    if (sist) ord = rent(ord.replace(/^[-\u2212\u2013]+/, ''))
    const egen = ord === '' ? enhet : ORD[ord.toLowerCase().replace(/\.+$/, '')]
    if (!egen) return fel('enhet')
    const svar = tal(delar[1], egen)
    if (svar.fel || !(parentes || sist)) return svar
    return svar.ore < 0n || (parentes && sist) ? fel('felskrivet') : { ore: -svar.ore }
  }

  function citat (text) {
    let ut = ''
    for (let plats = 0; ;) {
      const nasta = text.indexOf('"', plats)
      if (nasta < 0) return null
      ut += text.slice(plats, nasta)
      if (text[nasta + 1] === '"') {
        ut += '"'
        plats = nasta + 2
      } else return /^[^\t\n\r]/.test(text.slice(nasta + 1)) ? null : [ut, text.slice(nasta + 1)]
    }
  }

  /** Rows of cells. */
  function las (text) {
    const rader = []
    let rad = []
    for (let antal = 0; antal < 20000; antal += 1) {
      let cell = ''
      const inom = text.startsWith('"') ? citat(text.slice(1)) : null
      if (inom) [cell, text] = inom
      const plats = text.search(/[\t\n\r]/)
      rad.push(cell + (plats < 0 ? text : text.slice(0, plats)))
      if (plats < 0) break
      const slut = text.slice(plats).startsWith('\r\n') ? 2 : 1
      if (text[plats] !== '\t') {
        rader.push(rad)
        rad = []
      }
      text = text.slice(plats + slut)
    }
    rader.push(rad)
    while (rader.length > 0 && rader.at(-1).every((c) => rent(c) === '')) rader.pop()
    return rader
  }

  const jamforbart = (text) => rent(text).replaceAll('\u00a0', ' ').split(/\s+/).join(' ').toLowerCase()

  /** Where the cells of a block belong: { celler: [[rad, kolumn, text]], over: [[…, skal]], rakt }. */
  function placera (block, radnamn, kolumnnamn, fran, enhet) {
    const arOrd = (c) => rent(c) !== '' && Boolean(belopp(c, enhet).fel)
    const hitta = (namnen, text) => namnen.findIndex((n) => jamforbart(n) === jamforbart(text))
    const fyllda = (block[0] ?? []).filter((c) => rent(c) !== '')
    const arNamn = (c) => hitta(kolumnnamn, c) >= 0
    const upprepar = fyllda.some(arNamn) && fyllda.every((c) => arNamn(c) || arOrd(c))
    const huvud = block.length > 1 && fyllda.length > 0 && (upprepar || fyllda.every(arOrd))
    const rader = block.map((rad, nr) => [nr, rad]).slice(huvud ? 1 : 0)
    const bredd = Math.max(0, ...block.map((r) => r.length))
    const etiketter = bredd > 1 && rader.length > 0 && rader.every(([, r]) => r.length > 0 && arOrd(r[0]))
    const forsta = etiketter ? 1 : 0
    const egna = etiketter && rader.some(([, r]) => hitta(radnamn, r[0]) >= 0)
    const rubriker = huvud && block[0].some(arNamn) ? block[0] : null
    const kolumn = (k) => {
      if (!rubriker) return k - forsta + fran[1]
      return k < rubriker.length ? hitta(kolumnnamn, rubriker[k]) : -1
    }
    const ut = { celler: [], over: [], rakt: true }
    let tal = true
    rader.forEach(([nr, rad], i) => {
      const till = egna ? hitta(radnamn, rad[0]) : i + fran[0]
      for (let k = forsta; k < rad.length; k += 1) {
        const dit = kolumn(k)
        if (till >= 0 && till < radnamn.length && dit >= 0 && dit < kolumnnamn.length) {
          tal = tal && !arOrd(rad[k])
          ut.celler.push([till, dit, rent(rad[k])])
        } else if (rent(rad[k]) !== '') {
          ut.over.push([nr, k, till < 0 ? 'okand-rad' : 'utanfor', rent(rad[k])])
        }
      }
    })
    ut.rakt = tal && ut.over.length === 0 && !huvud && !etiketter
    return ut
  }

  /** An amount in a unit, grouped, with as many decimals as it has. */
  function text (ore, enhet) {
    const [per, flest] = STEG[enhet]
    const tal = ore < 0n ? -ore : ore
    const hela = String(tal / per).replace(/\B(?=(\d{3})+$)/g, '\u00a0')
    let rest = String(tal % per).padStart(flest, '0')
    rest = enhet === 'kr' && rest !== '00' ? rest : rest.replace(/0+$/, '')
    return (ore < 0n ? '\u2212' : '') + hela + (rest ? ',' + rest : '')
  }

  return { las, belopp, placera, text }
})()
globalThis.rutnat = rutnat

/* Told at most once a second on the page, and the last word is always told. */
let sagt = -1000
let vantar = null
function sagI (skylt, text) {
  clearTimeout(vantar)
  vantar = setTimeout(() => {
    sagt = performance.now()
    skylt.textContent = text
  }, Math.max(0, sagt + 1000 - performance.now()))
}

/* The table of the page. */
for (const tabell of document.querySelectorAll('table[data-rutnat]')) {
  const enhet = tabell.dataset.rutnat
  const formular = tabell.closest('form')
  const alla = [...tabell.querySelectorAll('td input[data-rad]')]
  if (!formular || alla.length === 0) continue
  const rader = [...new Set(alla.map((f) => f.dataset.rad))]
  const kolumner = [...new Set(alla.map((f) => f.dataset.kol))]
  const falt = (rad, kol) => alla.find((f) => f.dataset.rad === rader[rad] && f.dataset.kol === kolumner[kol])
  const plats = (f) => [rader.indexOf(f.dataset.rad), kolumner.indexOf(f.dataset.kol)]
  const namn = (rad) => falt(rad, 0)?.closest('tr').cells[0].firstChild.textContent ?? ''
  const skylt = document.querySelector('[data-kvar]')
  const varden = new Map()
  const angrade = []
  const gjorda = []

  const las = (f) => rutnat.belopp(f.value, enhet)

  /* Sums: what the server counted without the fields, and the fields. */
  const raknade = [...tabell.querySelectorAll('[data-bas]')].map((cell) => ({
    cell,
    ursprung: [...cell.childNodes],
    plus: cell.dataset.plus === 'ja',
    egna: alla.filter((f) => (!cell.dataset.rad || f.dataset.rad === cell.dataset.rad) &&
      (!cell.dataset.kol || f.dataset.kol === cell.dataset.kol)),
    bas: BigInt(cell.dataset.bas),
    tecken: BigInt(cell.dataset.tecken)
  }))
  const summa = ({ egna, bas, tecken }) => {
    let ut = bas
    for (const f of egna) {
      const { ore, fel } = las(f)
      if (fel) return null
      ut += tecken * (ore ?? 0n)
    }
    return ut
  }
  const forst = new Map(raknade.map((r) => [r, summa(r)]))
  function rakna () {
    for (const r of raknade) {
      const nu = summa(r)
      if (nu !== null && nu === forst.get(r)) {
        r.cell.replaceChildren(...r.ursprung)
        r.cell.classList.remove('andrad')
        continue
      }
      r.cell.classList.add('andrad')
      r.cell.textContent = nu === null ? '?' : (r.plus && nu > 0n ? '+' : '') + rutnat.text(nu, enhet)
      if (r.cell.dataset.over && nu !== null && nu < 0n) {
        const lage = document.createElement('span')
        lage.className = 'lage fel'
        lage.textContent = r.cell.dataset.over
        r.cell.append(document.createElement('br'), lage)
      }
    }
  }

  const sag = (text) => { if (skylt) sagI(skylt, text) }
  function kvar (kol) {
    const r = raknade.find((x) => x.cell.dataset.over && x.cell.dataset.kol === kolumner[kol])
    const nu = r && summa(r)
    if (nu === undefined) return ''
    if (nu === null) return `${kolumner[kol]}: ett belopp går inte att läsa.`
    const ord = rutnat.text(nu < 0n ? -nu : nu, enhet) + `\u00a0${enhet}`
    return nu < 0n ? `${kolumner[kol]}: ${ord} för mycket.` : `${kolumner[kol]}: ${ord} kvar att fördela.`
  }

  function markera (f) {
    const { ore, fel } = las(f)
    const nu = fel ? f.value : String(ore ?? '')
    f.classList.toggle('andrad', nu !== f.dataset.fore)
    f.toggleAttribute('data-olasligt', Boolean(fel))
  }
  function andrad (f) {
    markera(f)
    /* Another amount has not been explained. */
    for (const kryss of formular.querySelectorAll(`[data-varning="${f.dataset.rad}-${f.dataset.kol}"]`)) {
      kryss.checked = false
      kryss.closest('.falt')?.setAttribute('hidden', '')
    }
  }

  /* One step that can be taken back: [[field, before, after]]. */
  function steg (byten, ord) {
    const verkliga = byten.filter(([, fore, efter]) => fore !== efter)
    if (verkliga.length > 0) {
      gjorda.push(verkliga)
      angrade.length = 0
    }
    satt(verkliga, 2)
    if (ord) sag(ord)
  }
  function satt (byten, vilket) {
    for (const byte of byten) {
      byte[0].value = byte[vilket]
      varden.set(byte[0], byte[0].value)
      andrad(byte[0])
    }
    if (byten.length > 0) {
      byten[0][0].dispatchEvent(new Event('input', { bubbles: true }))
      rakna()
    }
  }
  const antal = (n) => n === 1 ? 'ett belopp' : `${n} belopp`
  function tillbaka (fran, till, vilket, ord) {
    const byten = fran.pop()
    if (!byten) return
    till.push(byten)
    satt(byten, vilket)
    byten[0][0].focus()
    byten[0][0].select()
    const kol = plats(byten[0][0])[1]
    sag(`${ord}: ${antal(byten.length)}. ${kvar(kol)}`)
  }
  /* What has been typed since the field was entered is a step of its own. */
  function avsluta (f) {
    const fore = varden.get(f) ?? f.value
    const { ore, fel } = las(f)
    const plus = /^\s*\+/.test(f.value) && ore > 0n ? '+' : ''
    const efter = fel || ore === null ? f.value : plus + rutnat.text(ore, enhet)
    if (f.value !== fore) steg([[f, fore, efter]])
    else varden.set(f, f.value)
  }

  function ga (f, dr, dk) {
    const [rad, kol] = plats(f)
    const nasta = falt(rad + dr, kol + dk)
    if (!nasta) return false
    nasta.focus()
    nasta.select()
    return true
  }

  /* To the next part of the table, with what is typed, or to the next section of the form. */
  function vidare (f) {
    avsluta(f)
    const nasta = [...document.querySelectorAll('main nav a[href*="sida="]')].find((l) => /^Nästa/.test(l.textContent))
    if (nasta) {
      const sida = formular.elements.sida ?? Object.assign(document.createElement('input'), { type: 'hidden', name: 'sida' })
      sida.value = new URL(nasta.href).searchParams.get('sida')
      if (!sida.isConnected) formular.append(sida)
      formular.requestSubmit(formular.querySelector('button[name=steg][value=rakna]'))
      return
    }
    const efter = [...formular.querySelectorAll('input:not([type=hidden]), select, textarea')].find((e) =>
      !tabell.contains(e) && (tabell.compareDocumentPosition(e) & Node.DOCUMENT_POSITION_FOLLOWING) &&
      !e.closest('details:not([open]), [hidden]'))
    efter?.focus()
  }

  tabell.addEventListener('focusin', ({ target: f }) => { if (alla.includes(f)) varden.set(f, f.value) })
  tabell.addEventListener('focusout', ({ target: f }) => { if (alla.includes(f)) avsluta(f) })
  tabell.addEventListener('input', ({ target: f }) => {
    if (!alla.includes(f)) return
    andrad(f)
    rakna()
    sag(kvar(plats(f)[1]))
  })
  formular.addEventListener('submit', () => { if (alla.includes(document.activeElement)) avsluta(document.activeElement) })

  tabell.addEventListener('keydown', (h) => {
    const f = h.target
    if (!alla.includes(f) || h.altKey || h.isComposing) return
    const ctrl = h.ctrlKey || h.metaKey
    const vald = f.selectionStart === 0 && f.selectionEnd === f.value.length
    let gjort = true
    if (ctrl && h.key.toLowerCase() === 'z' && !h.shiftKey) {
      avsluta(f)
      tillbaka(gjorda, angrade, 1, 'Ångrat')
    } else if (ctrl && (h.key.toLowerCase() === 'y' || h.key.toLowerCase() === 'z')) {
      tillbaka(angrade, gjorda, 2, 'Gjort igen')
    } else if (ctrl) gjort = false
    else if (h.key === 'Enter' && h.shiftKey) vidare(f)
    else if (h.key === 'ArrowDown' && h.shiftKey) gjort = ga(f, rader.length - 1 - plats(f)[0], 0)
    else if (h.key === 'Enter' || h.key === 'ArrowDown') {
      if (!ga(f, 1, 0) && h.key === 'Enter' && !ga(f, 1 - rader.length, 1)) avsluta(f)
    } else if (h.key === 'ArrowUp') gjort = ga(f, -1, 0)
    else if (h.key === 'ArrowLeft' && vald) gjort = ga(f, 0, -1)
    else if (h.key === 'ArrowRight' && vald) gjort = ga(f, 0, 1)
    else if (h.key === 'Escape' && f.value !== varden.get(f)) {
      f.value = varden.get(f) ?? f.value
      andrad(f)
      rakna()
    } else gjort = false
    if (gjort) h.preventDefault()
  })

  /* A block: straight in when it fits and is all amounts, and otherwise asked about. */
  function klistra (placering) {
    const byten = []
    for (const [rad, kol, text] of placering.celler) {
      const f = falt(rad, kol)
      const { ore, fel } = rutnat.belopp(text, enhet)
      if (f && !fel) byten.push([f, f.value, ore === null ? '' : rutnat.text(ore, enhet)])
    }
    const kol = placering.celler[0]?.[1] ?? 0
    steg(byten)
    sag(`${antal(byten.length)} inklistrade. Ctrl+Z ångrar. ${kvar(kol)}`)
  }
  const SKAL = { utanfor: 'ryms inte i tabellen', 'okand-rad': 'raden finns inte i tabellen' }
  const FEL = {
    'inget-tal': 'inget tal', enhet: 'okänd enhet', felskrivet: 'går inte att läsa',
    decimaler: 'fler decimaler än ören', 'for-stort': 'för stort'
  }
  const element = (slag, text, barn = []) => {
    const e = document.createElement(slag)
    e.textContent = text
    e.append(...barn)
    return e
  }
  function fraga (placering, block, f) {
    const ruta = document.createElement('dialog')
    const rad = (text, vart) => element('tr', '', [element('td', text), element('td', vart)])
    const rakna = placering.celler.filter(([, , t]) => !rutnat.belopp(t, enhet).fel)
    const kropp = element('tbody', '', [
      ...placering.celler.map(([r, k, t]) => {
        const { fel } = rutnat.belopp(t, enhet)
        const vart = `${namn(r)}, ${kolumner[k]}`
        return rad(t || '(tomt)', fel ? `${vart}: ${FEL[fel]}, lämnas som det är` : vart)
      }),
      ...placering.over.map(([, , skal, t]) => rad(t, SKAL[skal]))
    ])
    const huvud = element('tr', '', ['Du klistrade in', 'Hamnar'].map((t) => element('th', t)))
    const tabellen = element('table', '', [element('thead', '', [huvud]), kropp])
    const rulla = element('div', '', [tabellen])
    rulla.className = 'rulla'
    rulla.tabIndex = 0
    const rubrik = element('h2', 'Allt får inte plats eller är inte belopp')
    rubrik.id = 'klistra-rubrik'
    ruta.setAttribute('aria-labelledby', rubrik.id)
    const ja = element('button', rakna.length === 1 ? 'Klistra in ett belopp' : `Klistra in ${rakna.length} belopp`)
    const nej = element('button', 'Avbryt')
    ja.className = 'knapp'
    nej.className = 'knapp andra'
    const knappar = element('div', '', rakna.length > 0 ? [ja, nej] : [nej])
    knappar.className = 'knappar'
    ruta.append(rubrik, element('p', `${block.length} rader är inklistrade. Titta igenom var de hamnar.`), rulla, knappar)
    document.body.append(ruta)
    ruta.addEventListener('close', () => {
      ruta.remove()
      f.focus()
      if (ruta.returnValue === 'ja') klistra(placering)
      else sag('Inget klistrades in.')
    })
    ja.addEventListener('click', () => ruta.close('ja'))
    nej.addEventListener('click', () => ruta.close(''))
    ruta.showModal()
  }
  tabell.addEventListener('paste', (h) => {
    const f = h.target
    const text = h.clipboardData?.getData('text/plain') ?? ''
    if (!alla.includes(f)) return
    const block = rutnat.las(text)
    const ensam = block.length === 1 && block[0].length === 1
    if (block.length === 0 || (ensam && rutnat.belopp(block[0][0], enhet).fel)) return
    h.preventDefault()
    avsluta(f)
    const placering = rutnat.placera(block, rader.map((_, r) => namn(r)), kolumner, plats(f), enhet)
    if (placering.rakt) klistra(placering)
    else fraga(placering, block, f)
  })

  /* Out to a spreadsheet: what is seen, with what is typed. */
  const knapp = document.querySelector('[data-kopiera]')
  if (knapp && navigator.clipboard) {
    knapp.hidden = false
    knapp.addEventListener('click', async () => {
      const ord = (cell) => (cell.querySelector('input')?.value ?? cell.firstChild?.textContent ?? '')
        .replace(/[\s\u00a0]+/g, ' ').replaceAll('\u2212', '-').trim()
      const rad = (tr) => [...tr.cells].flatMap((c) => [ord(c), ...Array(c.colSpan - 1).fill('')])
      const tsv = [...tabell.rows].map((tr) => rad(tr).join('\t')).join('\r\n')
      await navigator.clipboard.writeText(tsv + '\r\n')
      sag('Tabellen är kopierad.')
    })
  }

  alla.forEach(markera)
  rakna()
}
