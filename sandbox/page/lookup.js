// Names for ids, as mrkdwn needs them.

import { person, state } from "./state.js";

export const lookup = {
  person,
  channelName: (id) => state.channelNames.get(id),
  get me() {
    return state.me;
  },
};
