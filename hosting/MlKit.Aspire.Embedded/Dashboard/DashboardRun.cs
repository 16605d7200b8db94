using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;
using MlKit.Aspire.Embedded.Ports;
using MlKit.Aspire.Embedded.Runtime;
using MlKit.Aspire.Embedded.Terminal;

namespace MlKit.Aspire.Embedded.Dashboard;

/// <summary>The dashboard of a run: a hidden resource that starts before all others, and the service it reads from.</summary>
internal sealed class DashboardRun(
    IConfiguration configuration,
    RunSettings settings,
    DistributedApplicationModel model,
    FreePorts ports,
    ResourceServiceHost service,
    ParameterPrompts parameters,
    ResourceNotificationService notifications,
    ConsoleReporter console)
{
    /// <summary>The name of the resource.</summary>
    public const string ResourceName = "aspire-dashboard";

    private CancellationTokenSource? _announcing;

    /// <summary>The addresses, once chosen; null without a dashboard.</summary>
    public DashboardAddresses? Addresses { get; private set; }

    /// <summary>Adds the resource to the front of the model, unless the dashboard is off or absent.</summary>
    public Task AddToAsync()
    {
        if (settings.DashboardDisabled)
        {
            return Task.CompletedTask;
        }

        if (settings.DashboardPath is not { Length: > 0 } path || !File.Exists(path))
        {
            console.Say(settings.DashboardPath is { Length: > 0 }
                ? $"no dashboard: '{settings.DashboardPath}' does not exist (build the solution)"
                : "no dashboard: the AppHost was built without the path of one");
            return Task.CompletedTask;
        }

        Addresses = DashboardAddresses.Choose(configuration, ports, settings.RandomizePorts, console.Say);
        model.Resources.Insert(0, Resource(Path.GetFullPath(path)));
        return Task.CompletedTask;
    }

    /// <summary>Starts the service that the dashboard reads from, and tells the others where telemetry goes.</summary>
    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        if (Addresses is not { } addresses)
        {
            // A value left in the environment would send telemetry nowhere.
            configuration[DashboardAddresses.OtlpGrpcKey] = null;
            configuration[DashboardAddresses.OtlpHttpKey] = null;
            configuration[OtlpEnvironment.UnavailableKey] = bool.TrueString;
            return;
        }

        configuration[DashboardAddresses.OtlpGrpcKey] = addresses.OtlpGrpc;
        configuration[DashboardAddresses.OtlpHttpKey] = addresses.OtlpHttp;
        configuration[DashboardAddresses.OtlpApiKey] = addresses.OtlpKey;
        await parameters.AskAsync(model, cancellationToken);
        await service.StartAsync(addresses, cancellationToken);
        _announcing = new CancellationTokenSource();
        _ = AnnounceAsync(addresses, _announcing.Token);
    }

    /// <summary>Ends the service.</summary>
    public async Task StopAsync()
    {
        if (_announcing is { } announcing)
        {
            _announcing = null;
            await announcing.CancelAsync();
            announcing.Dispose();
        }

        await service.StopAsync();
    }

    private async Task AnnounceAsync(DashboardAddresses addresses, CancellationToken cancellationToken)
    {
        try
        {
            await notifications.WaitForResourceAsync(ResourceName, KnownResourceStates.Running, cancellationToken);
            console.Say($"Login to the dashboard at {addresses.LoginUrl}");
        }
        catch (OperationCanceledException)
        {
            // The host stops before the dashboard ran.
        }
    }

    private ExecutableResource Resource(string path)
    {
        var resource = new ExecutableResource(ResourceName, "dotnet", Path.GetDirectoryName(path)!);
        resource.Annotations.Add(new ResourceSnapshotAnnotation(new CustomResourceSnapshot
        {
            ResourceType = "Executable",
            Properties = [],
            IsHidden = !RunSettings.Flag(configuration, "ASPIRE_SHOW_DASHBOARD_RESOURCES", false),
            Urls = [],
        }));
        resource.Annotations.Add(new CommandLineArgsCallbackAnnotation(arguments => arguments.Add(path)));
        resource.Annotations.Add(new EnvironmentCallbackAnnotation(SetVariables));
        resource.Annotations.Add(new ResourceUrlAnnotation { Url = Addresses!.Ui });
        return resource;
    }

    private void SetVariables(Dictionary<string, object> variables)
    {
        var addresses = Addresses!;
        variables["ASPNETCORE_URLS"] = addresses.Ui;
        variables["ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL"] = addresses.OtlpGrpc;
        variables["ASPIRE_DASHBOARD_OTLP_HTTP_ENDPOINT_URL"] = addresses.OtlpHttp;
        variables["ASPIRE_RESOURCE_SERVICE_ENDPOINT_URL"] = addresses.ResourceService;
        variables["ASPIRE_DASHBOARD_APPLICATION_NAME"] = settings.ApplicationName;
        variables["ASPIRE_DASHBOARD_PERSISTENCE_MODE"] = configuration["Aspire:Dashboard:PersistenceMode"] ?? configuration["ASPIRE_DASHBOARD_PERSISTENCE_MODE"] ?? "Run";
        variables["ASPIRE_DASHBOARD_DATA_DIRECTORY"] = Path.GetFullPath(
            configuration["ASPIRE_DASHBOARD_DATA_DIRECTORY"] ?? Path.Combine(settings.StatePath, "dashboard"), settings.AppHostDirectory);
        variables["DASHBOARD__DATA__RUNID"] = service.RunId;
        variables["DASHBOARD__RESOURCESERVICECLIENT__APIKEY"] = addresses.ResourceKey;
        variables["DASHBOARD__OTLP__PRIMARYAPIKEY"] = addresses.OtlpKey;
        if (RunSettings.Flag(configuration, "ASPIRE_DASHBOARD_UNSECURED_ALLOW_ANONYMOUS", false))
        {
            variables["ASPIRE_DASHBOARD_UNSECURED_ALLOW_ANONYMOUS"] = "true";
        }
        else
        {
            variables["DASHBOARD__FRONTEND__BROWSERTOKEN"] = addresses.BrowserToken;
        }
    }
}
