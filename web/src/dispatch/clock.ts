/** The time at which the map stands: a slider, a button that lets it run, and the day as a whole. */

import { h, set_text } from "../dom";
import type { DispatchContext, DispatchState } from "./context";

const kFrame = 280; // milliseconds a step

/** What stands beside the slider, and is said of it. */
export const time_words = (context: DispatchContext, step: number): string =>
  step < 0 ? context.say("d_whole_day") : context.format.instant(context.document.hours.times[step]);

export function make_clock(context: DispatchContext): HTMLElement {
  const { store } = context;
  const { times } = context.document.hours;
  const last = times.length - 1;
  const label = h("strong.d-time");
  const slider = h("input.d-slider", {
    type: "range",
    min: 0,
    max: last,
    step: 1,
    "aria-label": context.say("d_time"),
    "data-key": "time",
    oninput: () => store.set({ step: Number(slider.value), playing: false }),
  });
  const move = (by: number) => {
    const { step } = store.state;
    store.set({ step: Math.max(0, Math.min(last, (step < 0 ? 0 : step) + by)), playing: false });
  };
  const button = (key: string, text: string, name: string, act: () => void) =>
    h("button", { type: "button", "aria-label": name, title: name, "data-key": key, onclick: act }, text);
  const back = button("step-back", "‹", context.say("d_earlier"), () => move(-1));
  const on = button("step-on", "›", context.say("d_later"), () => move(1));
  const play = button("play", "", context.say("d_play"), () => {
    const { playing, step } = store.state;
    store.set(playing ? { playing: false } : { playing: true, step: step < 0 || step >= last ? 0 : step });
  });
  const whole = h("button", { type: "button", "data-key": "whole-day", onclick: () => store.set({ step: -1, playing: false }) }, context.say("d_whole_day"));
  let running = 0;
  const run = () => {
    if (!play.isConnected) return window.clearInterval(running);
    const { step } = store.state;
    if (step >= last) store.set({ playing: false });
    else store.set({ step: step + 1 });
  };
  const show = ({ step, playing }: DispatchState) => {
    set_text(label, time_words(context, step));
    slider.value = String(Math.max(0, step));
    slider.setAttribute("aria-valuetext", time_words(context, step));
    whole.setAttribute("aria-pressed", String(step < 0));
    const word = context.say(playing ? "d_pause" : "d_play");
    set_text(play, playing ? `❚❚ ${word}` : `▶ ${word}`);
    play.setAttribute("aria-label", word);
    play.title = word;
    window.clearInterval(running);
    if (playing) running = window.setInterval(run, kFrame);
  };
  show(store.state);
  store.listen((state, changed) => {
    if (changed.has("step") || changed.has("playing")) show(state);
  });
  return h("div.d-clock", {}, play, back, slider, on, whole, label);
}
