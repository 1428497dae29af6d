// A page of the stand-in for Meta, as an operator sees it: whose token it is, what it tells the app of, and how it shows
// the bot. Meta's documented limits are enforced, with errors as Meta gives them.

/** In UTF-16 units where they are lengths. */
const LIMITS = {greeting: 160, menu: 20, menuTitle: 30, iceBreakers: 4, iceBreaker: 80, payload: 1000, calls: 10};

const FIELDS = new Set([
  ...['messages', 'messaging_postbacks', 'messaging_referrals', 'message_echoes', 'messaging_handovers', 'standby'],
  ...['message_reactions', 'message_edits', 'message_deliveries', 'message_reads', 'messaging_optins', 'feed'],
]);

/**
 * What a page and its app are like, and how calls about them are answered.
 *
 * @param {{id: string, name?: string, app: string, secret: string, token: string, proof: string}} about
 */
export function startPage({id, name = 'Visas & more', app, secret, token, proof}) {
  const page = {
    profile: {},
    /** Of this page, by app. */
    subscribed: new Map(),
    /** Of the app. */
    subscription: undefined,
    /** How many more calls about the profile are allowed: ten in ten minutes. */
    profileCalls: LIMITS.calls,
    /** Each call that changes something: `METHOD what`. */
    changes: [],
  };

  /** The answer to a call; none if it is about something else. */
  page.answer = async ({path, query, authorization, body}, method) => {
    const [, , subject, edge] = path.split('/');
    if (subject === app && edge === 'subscriptions') {
      if (authorization !== `Bearer ${app}|${secret}`) return error(400, 190, 'Invalid OAuth access token signature.');
      return method === 'POST' ? subscribe(body) : {status: 200, body: {data: [page.subscription].filter(Boolean)}};
    }
    if (!['me', id].includes(subject) || !['subscribed_apps', 'messenger_profile', undefined].includes(edge)) return;
    if (authorization !== `Bearer ${token}` || query.access_token)
      return error(401, 190, `Invalid OAuth access token: ${authorization}`);
    if (query.appsecret_proof !== proof) return error(400, 100, 'Invalid appsecret_proof provided in the API argument');
    if (edge === undefined) return {status: 200, body: {id, name}};
    if (edge === 'subscribed_apps') return method === 'POST' ? subscribePage(body) : apps();
    if (page.profileCalls-- <= 0) return error(400, 613, 'Calls to this api have exceeded the rate limit.');
    if (method === 'GET') return profile(query.fields.split(','));
    return method === 'DELETE' ? unset(body) : set(body);
  };

  /** What a new app without any set-up is like. */
  page.reset = () => {
    Object.assign(page, {profile: {}, subscription: undefined, profileCalls: LIMITS.calls, changes: []});
    page.subscribed.clear();
  };
  return page;

  /** Meta asks the webhook at once whether it is the operator's. */
  async function subscribe({object, callback_url: callback, verify_token: verify, fields}) {
    if (object !== 'page') return error(400, 100, `(#100) Param object must be one of {USER, PAGE}`);
    const problem = unknownFields(fields);
    if (problem) return problem;
    const challenge = String(Math.floor(Math.random() * 1e9));
    const asked = {'hub.mode': 'subscribe', 'hub.challenge': challenge, 'hub.verify_token': verify};
    const seen = await fetch(`${callback}?${new URLSearchParams(asked)}`).catch(() => undefined);
    if (seen?.status !== 200 || (await seen.text()) !== challenge) {
      const why = seen ? `HTTP Status Code = ${seen.status}` : 'Could not resolve host';
      return error(400, 2200, `(#2200) Callback verification failed with the following errors: ${why}`);
    }
    const named = fields.split(',').map((field) => ({name: field, version: 'v25.0'}));
    page.subscription = {object: 'page', callback_url: callback, active: true, fields: named};
    page.changes.push('POST subscriptions');
    return {status: 200, body: {success: true}};
  }

  function subscribePage({subscribed_fields: fields}) {
    const problem = unknownFields(fields);
    if (problem) return problem;
    page.subscribed.set(app, fields.split(','));
    page.changes.push('POST subscribed_apps');
    return {status: 200, body: {success: true}};
  }

  function apps() {
    const data = [...page.subscribed].map(([id, subscribed_fields]) => ({
      link: 'https://example.com',
      name: `App ${id}`,
      id,
      subscribed_fields,
    }));
    return {status: 200, body: {data}};
  }

  function profile(fields) {
    const known = Object.entries(page.profile).filter(([key]) => fields.includes(key));
    return {status: 200, body: {data: known.length ? [Object.fromEntries(known)] : []}};
  }

  function set(body) {
    const problem = wrong({...page.profile, ...body});
    if (problem) return error(400, 100, `(#100) ${problem}`);
    // Meta adds what it takes for granted.
    const stored = structuredClone(body);
    for (const menu of stored.persistent_menu ?? []) {
      menu.disabled_surfaces = [];
      if (!menu.composer_input_disabled) delete menu.composer_input_disabled;
    }
    Object.assign(page.profile, stored);
    page.changes.push(`POST profile ${Object.keys(body)}`);
    return {status: 200, body: {result: 'success'}};
  }

  function unset({fields}) {
    if (fields.includes('get_started') && page.profile.persistent_menu)
      return error(400, 100, '(#100) You must delete the persistent menu before the Get Started button');
    for (const field of fields) delete page.profile[field];
    page.changes.push(`DELETE profile ${fields}`);
    return {status: 200, body: {result: 'success'}};
  }
}

function unknownFields(fields) {
  const unknown = (fields ?? '').split(',').find((field) => !FIELDS.has(field));
  if (unknown !== undefined) return error(400, 100, `(#100) Param fields[0] must be one of {...}: ${unknown}`);
}

/** What Meta would not take in a profile. */
function wrong({get_started, greeting = [], persistent_menu: menus = [], ice_breakers: breakers = []}) {
  const isText = (text, most) => typeof text === 'string' && text.trim() && text.length <= most;
  const hasDefault = (list) => !list.length || list.some(({locale}) => locale === 'default');
  if (get_started && !isText(get_started.payload, LIMITS.payload)) return 'get_started[payload] is wrong';
  if (![greeting, menus, breakers].every(hasDefault)) return 'A default locale is required';
  if (!greeting.every(({text}) => isText(text, LIMITS.greeting))) return 'Length of greeting must be 1 to 160';
  if (menus.length && !get_started) return 'You must set a Get Started button if you also wish to use persistent menu';
  for (const {call_to_actions: entries} of menus) {
    if (!entries?.length || entries.length > LIMITS.menu) return 'A menu has 1 to 20 items';
    for (const {type, title, payload} of entries)
      if (type !== 'postback' || !isText(title, LIMITS.menuTitle) || !isText(payload, LIMITS.payload))
        return `A menu item is wrong: ${title}`;
  }
  for (const {call_to_actions: entries} of breakers) {
    if (!entries?.length || entries.length > LIMITS.iceBreakers) return '1 to 4 questions are allowed';
    for (const {question, payload} of entries)
      if (!isText(question, LIMITS.iceBreaker) || !isText(payload, LIMITS.payload))
        return `A question is wrong: ${question}`;
  }
}

const error = (status, code, message) => ({
  status,
  body: {error: {message, type: 'OAuthException', code, fbtrace_id: 'MockTrace'}},
});
