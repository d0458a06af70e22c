// The emoji people and bots write most, by Slack's short names.

const NAMES = `
+1👍 -1👎 100💯 alarm_clock⏰ arrow_down⬇️ arrow_left⬅️ arrow_right➡️ arrow_up⬆️ bar_chart📊 bell🔔 bulb💡 books📚 boom💥
bow🙇 brain🧠 bug🐛 cake🍰 calendar📅 chart_with_upwards_trend📈 chart_with_downwards_trend📉 clap👏 clipboard📋 clock1🕐
coffee☕ confetti_ball🎊 construction🚧 credit_card💳 crown👑 dart🎯 date📅 eyes👀 exclamation❗ fire🔥 first_place_medal🥇
four_leaf_clover🍀 gear⚙️ gem💎 gift🎁 globe_with_meridians🌐 grey_question❔ grin😁 handshake🤝 heart❤️ heavy_check_mark✔️
herb🌿 hourglass⌛ house🏠 information_source ℹ️ key🔑 large_blue_circle🔵 large_green_circle🟢 large_yellow_circle🟡 laughing😆
leaves🍃 link🔗 lock🔒 loudspeaker📢 mag🔍 mailbox📫 medal🏅 mega📣 memo📝 microphone🎤 moneybag💰 muscle💪 no_entry⛔
no_entry_sign🚫 ok👌 ok_hand👌 one1️⃣ package📦 partying_face🥳 pencil📝 pencil2✏️ point_right👉 point_down👇 pray🙏 pushpin📌
question❓ raised_hands🙌 red_circle🔴 repeat🔁 ribbon🎀 rocket🚀 rosette🏵️ scroll📜 second_place_medal🥈 seedling🌱 slightly_smiling_face🙂
smile😄 smiley😃 sparkles✨ speech_balloon💬 star⭐ star2🌟 stopwatch⏱️ sunny☀️ sunglasses😎 tada🎉 tea🍵 telephone☎️ thinking_face🤔
third_place_medal🥉 thumbsup👍 thumbsdown👎 ticket🎫 trophy🏆 tv📺 two2️⃣ three3️⃣ unlock🔓 video_camera📹 warning⚠️ wave👋
white_check_mark✅ white_circle⚪ wink😉 wrench🔧 writing_hand✍️ x❌ zap⚡
`;

const EMOJI = new Map([...NAMES.matchAll(/([a-z0-9_+-]*[a-z_]|\+1|-1|100|clock1|star2|pencil2)\s?([^\sa-z]+)/gu)].map((m) => [m[1], m[2]]));

/** The emoji of this short name; undefined if it is not among them. */
export const emoji = (name) => EMOJI.get(name.replace(/::skin-tone-\d$/, ""));

/** Text with its `:short_names:` replaced. */
export const withEmoji = (text) => text.replace(/:([a-z0-9_+-]+):/g, (all, name) => emoji(name) ?? all);
