using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;
using Microsoft.Extensions.Logging;
using MlKit.Aspire.Embedded.Ports;
using MlKit.Aspire.Embedded.Processes;
using MlKit.Aspire.Embedded.State;
using MlKit.Aspire.Embedded.Terminal;

namespace MlKit.Aspire.Embedded.Runtime;

/// <summary>The services that the runs of all resources share.</summary>
internal sealed class RunContext(
    IServiceProvider services,
    ResourceNotificationService notifications,
    ResourceLoggerService logs,
    IDistributedApplicationEventing eventing,
    DistributedApplicationExecutionContext execution,
    IProcessControl processes,
    ConsoleReporter console,
    ProjectBuilds builds,
    InstanceStarter starter,
    EndpointAllocator endpoints,
    SecretVariables secrets,
    RunSettings settings,
    TimeProvider time,
    ILogger<Orchestrator> logger)
{
    public IServiceProvider Services => services;

    public ResourceNotificationService Notifications => notifications;

    public ResourceLoggerService Logs => logs;

    public IDistributedApplicationEventing Eventing => eventing;

    public DistributedApplicationExecutionContext Execution => execution;

    public IProcessControl Processes => processes;

    public ConsoleReporter Console => console;

    public ProjectBuilds Builds => builds;

    public InstanceStarter Starter => starter;

    public EndpointAllocator Endpoints => endpoints;

    public SecretVariables Secrets => secrets;

    public RunSettings Settings => settings;

    public TimeProvider Time => time;

    public ILogger Logger => logger;

    /// <summary>Where children are recorded; set when the state folder was taken.</summary>
    public ProcessLedger? Ledger { get; set; }
}
