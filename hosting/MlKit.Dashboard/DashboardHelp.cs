namespace MlKit.Dashboard;

/// <summary>What <c>--help</c> prints.</summary>
internal static class DashboardHelp
{
    /// <summary>The settings with their defaults.</summary>
    public const string Text = """
        The MlKit dashboard. Started by the host, or alone: it then receives OTLP from any application.

          dotnet run --project hosting/MlKit.Dashboard -- --urls http://localhost:18888

        Settings (environment, or --KEY VALUE with ':' for '__'):
          ASPNETCORE_URLS, --urls                     addresses of the pages (http://localhost:18888)
          ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL          OTLP by gRPC (alone: http://localhost:18889)
          ASPIRE_DASHBOARD_OTLP_HTTP_ENDPOINT_URL     OTLP by HTTP, protobuf or JSON (alone: http://localhost:18890)
          ASPIRE_RESOURCE_SERVICE_ENDPOINT_URL        the host's resource service; absent: the dashboard stands alone
          DASHBOARD__RESOURCESERVICECLIENT__APIKEY    key for the resource service
          DASHBOARD__OTLP__PRIMARYAPIKEY              key that senders give in x-otlp-api-key (none: no key is asked for)
          DASHBOARD__OTLP__CORS__ALLOWEDORIGINS       origins whose pages may send OTLP by HTTP, by commas, * for all (none)
          DASHBOARD__OTLP__CORS__ALLOWEDHEADERS       headers that they may send beyond the usual (none)
          DASHBOARD__FRONTEND__BROWSERTOKEN           login token (random, printed as a login address)
          ASPIRE_DASHBOARD_UNSECURED_ALLOW_ANONYMOUS  true: no login
          ASPIRE_DASHBOARD_APPLICATION_NAME           name in the header where no host gives one
          ASPIRE_DASHBOARD_PERSISTENCE_MODE           None, Run (each run kept apart) or Resume (None; the host sets Run)
          ASPIRE_DASHBOARD_DATA_DIRECTORY             where runs are kept (.mlkit/dashboard)
          DASHBOARD__DATA__MAXRUNCOUNT                runs kept per application (10)
          DASHBOARD__DATA__MAXRUNMEGABYTES            size of one run's database (64)
          DASHBOARD__TELEMETRYLIMITS__MAXLOGCOUNT     log entries kept (10000)
          DASHBOARD__TELEMETRYLIMITS__MAXTRACECOUNT   traces kept (10000)
          DASHBOARD__TELEMETRYLIMITS__MAXSPANCOUNT    spans kept over all traces (20 per trace)
          DASHBOARD__TELEMETRYLIMITS__MAXMETRICSCOUNT points kept per instrument and set of attributes (50000)
          DASHBOARD__TELEMETRYLIMITS__MAXDIMENSIONCOUNT     sets of attributes per instrument (2000)
          DASHBOARD__TELEMETRYLIMITS__MAXSERIESCOUNT        sets of attributes over all instruments (20000)
          DASHBOARD__TELEMETRYLIMITS__MAXPOINTCOUNT         points over all instruments (8 per point of one)
          DASHBOARD__TELEMETRYLIMITS__MAXATTRIBUTECOUNT     attributes per log entry, span or point (128)
          DASHBOARD__TELEMETRYLIMITS__MAXATTRIBUTELENGTH    characters per value or message (16384)
          DASHBOARD__TELEMETRYLIMITS__MAXSPANEVENTCOUNT     events per span (1000)
          DASHBOARD__TELEMETRYLIMITS__MAXRESOURCECOUNT      senders (10000)
          DASHBOARD__TELEMETRYLIMITS__MAXCONSOLELINECOUNT   console lines per resource (10000)
        """;
}
