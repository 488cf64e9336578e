"""Credentials of monitoring, logging, error tracking and incident response."""

from pratique.model.severity import Severity
from pratique.secrets.declare import assigned, token

NAME = "monitoring"
_DATADOG = "app.datadoghq.com/organization-settings/api-keys"
_RELIC = ("new-relic",)
_RELIC_PAGE = "one.newrelic.com/api-keys"
_GRAFANA = "Grafana, Administration, Service accounts"
_SENTRY = "sentry.io/settings/account/api/auth-tokens"
_SUMO = ("sumo", "sumologic", "sumo-logic")
_SUMO_PAGE = "Sumo Logic, Preferences, Access keys"

KINDS = (
    assigned(
        "datadog-api-key",
        "Datadog API key",
        ("datadog", "dd-api", "dd-agent"),
        "{hex:32}",
        name="api_?key|key",
        rotate=_DATADOG,
    ),
    assigned(
        "datadog-access-token",
        "Datadog application key",
        ("datadog", "dd-app"),
        "{alnum:40}",
        rotate="app.datadoghq.com/organization-settings/application-keys",
    ),
    token(
        "datadog-pat",
        "Datadog personal access token",
        "{ddpat|ddapp}_{alnum:30-60}",
        rotate="app.datadoghq.com/personal-settings",
    ),
    token(
        "new-relic-user-api-key",
        "New Relic user key",
        "NRAK-{upper:27}",
        folded=True,
        rotate=_RELIC_PAGE,
    ),
    token(
        "new-relic-browser-api-token",
        "New Relic browser key",
        "NRJS-{hex:19}",
        severity=Severity.LOW,
        rotate=_RELIC_PAGE,
    ),
    token(
        "new-relic-insert-key", "New Relic insights insert key", "NRII-{url:32}", rotate=_RELIC_PAGE
    ),
    token(
        "new-relic-admin-key",
        "New Relic admin or REST key",
        "{NRAA|NRRA|NRIQ}-{url:27-42}",
        rotate=_RELIC_PAGE,
    ),
    token(
        "new-relic-license-key",
        "New Relic licence key",
        "{hex:36}NRAL",
        "eu01xx{hex:30}NRAL",
        rotate=_RELIC_PAGE,
    ),
    assigned(
        "new-relic-user-api-id", "New Relic user API id", _RELIC, "{lower:64}", rotate=_RELIC_PAGE
    ),
    assigned(
        "new-relic-legacy-license-key",
        "New Relic licence key of the older form",
        _RELIC,
        "{hex:40}",
        name="license|licence",
        rotate=_RELIC_PAGE,
    ),
    token("grafana-api-key", "Grafana API key", "eyJrIjoi{alnum:70-400}{pad:3}", rotate=_GRAFANA),
    token(
        "grafana-cloud-api-token",
        "Grafana Cloud API token",
        "glc_{b64:32-400}{pad:3}",
        entropy=3.3,
        rotate="grafana.com, Security, Access policies",
    ),
    token(
        "grafana-service-account-token",
        "Grafana service account token",
        "glsa_{alnum:32}_{hexes:8}",
        entropy=3.3,
        rotate=_GRAFANA,
    ),
    assigned(
        "sentry-access-token",
        "Sentry authentication token of the older form",
        ("sentry",),
        "{hex:64}",
        rotate=_SENTRY,
    ),
    token(
        "sentry-org-token",
        "Sentry organisation token",
        "sntrys_eyJ{b64:30-400}{pad:2}_{b64:43}",
        entropy=4.0,
        rotate="sentry.io/settings, Auth tokens",
    ),
    token("sentry-user-token", "Sentry user token", "sntryu_{hex:64}", rotate=_SENTRY),
    token(
        "sentry-dsn-secret",
        "Sentry DSN with its secret half",
        "https://{hex:32}:{hex:32}@{dot:4-80}/{digit:1-20}",
        keywords=(b"https://",),
        severity=Severity.LOW,
        rotate="sentry.io, Project settings, Client keys",
    ),
    token(
        "dynatrace-api-token",
        "Dynatrace API token",
        "{dt0c01|dt0s01|dt0s16}.{upper:24}.{upper:64}",
        folded=True,
        entropy=3.8,
        rotate="Dynatrace, Access tokens",
    ),
    token(
        "honeycomb-key",
        "Honeycomb ingest or configuration key",
        "{hcaik|hcbik|hcxik|hcamk|hccik}_{lower:58}",
        rotate="ui.honeycomb.io, Team settings, API keys",
    ),
    assigned(
        "honeycomb-legacy-key",
        "Honeycomb API key",
        ("honeycomb", "x-honeycomb"),
        "{alnum:22-32}",
        rotate="ui.honeycomb.io, Team settings, API keys",
    ),
    assigned(
        "pagerduty-api-key",
        "PagerDuty API key",
        ("pagerduty", "pager-duty", "pd-token"),
        "{b64:2}{url:18}",
        rotate="PagerDuty, Integrations, API access keys",
    ),
    token(
        "pagerduty-user-token",
        "PagerDuty user token",
        "u+{url:18}",
        near=(b"pagerduty", b"pager_duty"),
        keywords=(b"u+",),
        rotate="PagerDuty, My profile, User settings",
    ),
    assigned(
        "opsgenie-api-key",
        "Opsgenie API key",
        ("opsgenie",),
        "{uuid}",
        rotate="app.opsgenie.com/settings/api-key-management",
    ),
    assigned(
        "sumologic-access-id",
        "Sumo Logic access id",
        _SUMO,
        "su{alnum:12}",
        severity=Severity.LOW,
        rotate=_SUMO_PAGE,
    ),
    assigned(
        "sumologic-access-token", "Sumo Logic access key", _SUMO, "{alnum:64}", rotate=_SUMO_PAGE
    ),
    assigned(
        "splunk-hec-token",
        "Splunk HTTP event collector token",
        ("splunk", "splunk-hec", "hec"),
        "{uuid}",
        name="token",
        rotate="Splunk, Settings, Data inputs, HTTP event collector",
    ),
    assigned(
        "rollbar-access-token",
        "Rollbar access token",
        ("rollbar",),
        "{hex:32}",
        rotate="rollbar.com, Project access tokens",
    ),
    assigned(
        "bugsnag-api-key",
        "Bugsnag API key",
        ("bugsnag",),
        "{hex:32}",
        severity=Severity.LOW,
        rotate="app.bugsnag.com, Project settings",
    ),
    assigned(
        "loggly-token",
        "Loggly customer token",
        ("loggly",),
        "{uuid}",
        rotate="Loggly, Source setup, Customer tokens",
    ),
    assigned(
        "logdna-key",
        "Mezmo ingestion key",
        ("logdna", "mezmo"),
        "{hex:32}",
        rotate="app.mezmo.com, Settings, API keys",
    ),
    assigned(
        "logzio-token",
        "Logz.io token",
        ("logzio", "logz-io"),
        "{alnum:32}",
        rotate="app.logz.io, Manage tokens",
    ),
    token(
        "axiom-api-token",
        "Axiom API or personal token",
        "{xaat|xapt}-{uuid}",
        rotate="app.axiom.co, Settings, API tokens",
    ),
    token(
        "posthog-personal-api-key",
        "PostHog personal API key",
        "phx_{alnum:40-60}",
        rotate="app.posthog.com, Settings, Personal API keys",
    ),
    token(
        "checkly-api-key",
        "Checkly API key",
        "cu_{hex:32}",
        rotate="app.checklyhq.com/settings/user/api-keys",
    ),
    token(
        "rootly-api-key", "Rootly API key", "rootly_{hex:64}", rotate="rootly.com/account/api-keys"
    ),
    token(
        "firehydrant-api-key",
        "FireHydrant API key",
        "fhb-{hex:32}",
        rotate="app.firehydrant.io, API keys",
    ),
    token(
        "logfire-write-token",
        "Logfire write token",
        "pylf_v{digit:1}_{az:2}_{alnum:40-60}",
        rotate="logfire.pydantic.dev, Write tokens",
    ),
    assigned(
        "mixpanel-secret",
        "Mixpanel API secret",
        ("mixpanel",),
        "{hex:32}",
        name="secret|token",
        rotate="mixpanel.com/settings/project",
    ),
    assigned(
        "amplitude-secret-key",
        "Amplitude secret key",
        ("amplitude",),
        "{hex:32}",
        name="secret",
        rotate="app.amplitude.com, Projects",
    ),
    token(
        "beamer-api-token",
        "Beamer API token",
        "b_{b64:43}=",
        "b_{url:44}",
        near=(b"beamer",),
        rotate="app.getbeamer.com/settings",
    ),
    assigned(
        "uptimerobot-api-key",
        "UptimeRobot API key",
        ("uptimerobot", "uptime-robot"),
        "u{digit:6-8}-{hex:24}",
        rotate="dashboard.uptimerobot.com/integrations",
    ),
    assigned(
        "statuspage-api-key",
        "Statuspage API key",
        ("statuspage",),
        "{uuid}",
        rotate="manage.statuspage.io/profile",
    ),
    assigned(
        "raygun-api-key",
        "Raygun API key",
        ("raygun",),
        "{alnum:22}",
        rotate="app.raygun.com, Application settings",
    ),
    assigned(
        "airbrake-key",
        "Airbrake project key",
        ("airbrake",),
        "{hex:32}",
        rotate="airbrake.io, Project settings",
    ),
    assigned(
        "appsignal-key",
        "AppSignal push key",
        ("appsignal",),
        "{uuid}",
        rotate="appsignal.com, App settings, Push & deploy",
    ),
    assigned(
        "librato-token",
        "SolarWinds or Librato token",
        ("solarwinds", "librato", "appoptics", "papertrail"),
        "{url:64}",
        rotate="my.solarwinds.cloud, API tokens",
    ),
    assigned(
        "segment-write-key",
        "Segment write key",
        ("segment",),
        "{alnum:32}",
        name="write_?key",
        severity=Severity.LOW,
        rotate="app.segment.com, Source settings",
    ),
)
