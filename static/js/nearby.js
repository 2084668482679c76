// Brings the list of nearby proposals under the one that is read, in place of the link
// that leads to it: before one comes to it, so that nothing moves under one's eyes.
"use strict";

const nearbyLink = document.querySelector("a[data-nearby]");

const bringNearby = async (place) => {
  try {
    const answer = await fetch(nearbyLink.href);
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const list = page.querySelector("[data-nearby-list]");
    const isOutOfSight = place.getBoundingClientRect().top > innerHeight;
    if (!isOutOfSight) return;
    if (list) place.replaceWith(list);
    else place.remove();
  } catch {
    // The link is still there.
  }
};

if (nearbyLink) {
  const seen = new IntersectionObserver(
    ([entry]) => {
      if (!entry.isIntersecting) return;
      seen.disconnect();
      bringNearby(nearbyLink.parentElement);
    },
    { rootMargin: "0px 0px 1200px 0px" },
  );
  seen.observe(nearbyLink);
}
