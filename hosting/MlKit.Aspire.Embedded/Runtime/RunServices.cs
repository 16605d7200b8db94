using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MlKit.Aspire.Embedded.Containers;
using MlKit.Aspire.Embedded.Dashboard;
using MlKit.Aspire.Embedded.Health;
using MlKit.Aspire.Embedded.Ide;
using MlKit.Aspire.Embedded.Ports;
using MlKit.Aspire.Embedded.Processes;
using MlKit.Aspire.Embedded.Runtime;
using MlKit.Aspire.Embedded.Terminal;

namespace Aspire.Hosting;

/// <content>Registers what runs the application on this machine.</content>
public partial class DistributedApplicationBuilder
{
    partial void AddHostServices()
    {
        Services.TryAddSingleton(TimeProvider.System);
        Services.AddSingleton(services => new ResourceLoggerService { Time = services.GetRequiredService<TimeProvider>() });
        Services.AddSingleton<ResourceNotificationService>();
        Services.AddSingleton(services => new ResourceCommandService(
            services.GetRequiredService<ResourceNotificationService>(), services.GetRequiredService<ResourceLoggerService>(), services));
        Services.AddHealthChecks();
        Services.AddHttpClient();
        // A service that is still starting fails its checks: that is a state, not an error of the host.
        Services.AddLogging(logging => logging
            .AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.Critical)
            .AddFilter("System.Net.Http.HttpClient", LogLevel.Warning)
            .AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Warning)
            // What keeps the host from starting is thrown, and said in one line.
            .AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical)
            .AddFilter("Microsoft.AspNetCore", LogLevel.Warning)
            .AddFilter("Grpc", LogLevel.Warning));
    }

    partial void AddRunServices()
    {
        Services.AddOptions<ResourceNotificationServiceOptions>().Configure(options =>
            options.DefaultWaitBehavior = _options.DisableDashboard
                ? WaitBehavior.StopOnResourceUnavailable
                : WaitBehavior.WaitOnResourceUnavailable);
        Services.AddSingleton(services => RunSettings.Read(services.GetRequiredService<IConfiguration>(), _appHost, _options));
        Services.AddSingleton(_ => ProcessControl.ForThisSystem());
        Services.AddSingleton(_ => new FreePorts());
        Services.AddSingleton<EndpointAllocator>();
        Services.AddSingleton<HealthMonitor>();
        Services.AddSingleton<ProjectBuilds>();
        Services.AddSingleton<LaunchPlanner>();
        Services.AddSingleton<RequiredCommands>();
        Services.AddSingleton<InstanceStarter>();
        Services.AddSingleton<ReplicaProxy>();
        Services.AddSingleton<ContainerEngine>();
        Services.AddSingleton<ContainerImages>();
        Services.AddSingleton<GatewayRelays>();
        Services.AddSingleton<ContainerRunner>();
        Services.AddSingleton<IdeLauncher>();
        Services.AddSingleton<SecretVariables>();
        Services.AddSingleton<RunContext>();
        Services.AddSingleton<ResourceServiceHost>();
        Services.AddSingleton<ParameterPrompts>();
        Services.AddSingleton<DashboardRun>();
        Services.AddSingleton<IInteractionService>(services => new InteractionService(
            services.GetRequiredService<ResourceNotificationService>(),
            services,
            () => services.GetRequiredService<DashboardRun>().Addresses is not null,
            services.GetRequiredService<ConsoleReporter>().Say,
            services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping));
        Services.AddSingleton<ConsoleReporter>();
        Services.AddSingleton<Orchestrator>();
        Services.AddHostedService(services => services.GetRequiredService<Orchestrator>());
        Services.Configure<HostOptions>(options => options.ShutdownTimeout = Orchestrator.StopDeadline + TimeSpan.FromSeconds(5));
    }
}
