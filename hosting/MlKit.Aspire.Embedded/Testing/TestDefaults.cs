using System.Reflection;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using MlKit.Aspire.Embedded.Runtime;

namespace Aspire.Hosting.Testing;

/// <summary>What differs between an application under test and one that a person runs.</summary>
internal sealed class TestDefaults(
    DistributedApplicationTestingBuilderOptions testing, Assembly? appHost, Action<DistributedApplicationOptions, HostApplicationBuilderSettings>? configure)
{
    /// <summary>The name of the HTTP client that tests get: it tries again while a service starts.</summary>
    public const string HttpClientName = "Aspire.Hosting.Testing";

    private readonly string _stateFolder = Path.Combine(Path.GetTempPath(), $"mlkit-test-{Guid.NewGuid():n}");

    /// <summary>Changes the options of a builder that is about to be made.</summary>
    public void Prepare(DistributedApplicationOptions options, HostApplicationBuilderSettings settings)
    {
        options.DisableDashboard = !testing.EnableDashboard;
        options.EnableResourceLogging = true;
        if (appHost is not null)
        {
            options.AssemblyName ??= appHost.GetName().Name;
        }

        // The command line wins over files and environment; what the test gives itself comes later and wins over these.
        string[] defaults =
        [
            $"--{BuilderConfiguration.StatePathKey}={_stateFolder}",
            "--DcpPublisher:RandomizePorts=true",
            $"--{RunSettings.ConsoleKey}=false",
        ];
        options.Args = settings.Args = [.. defaults, .. options.Args ?? []];
        var profile = LaunchProfileConfiguration.First(AppHostFacts.Find(options).Directory);
        settings.Configuration ??= new ConfigurationManager();
        settings.Configuration.AddInMemoryCollection(profile);
        settings.EnvironmentName ??= profile.GetValueOrDefault("DOTNET_ENVIRONMENT") ?? profile.GetValueOrDefault("ASPNETCORE_ENVIRONMENT");
        configure?.Invoke(options, settings);
    }

    /// <summary>Changes the services of a builder that was just made.</summary>
    public void Apply(DistributedApplicationBuilder builder)
    {
        builder.Services.Configure<ResourceNotificationServiceOptions>(options =>
            options.DefaultWaitBehavior = WaitBehavior.StopOnResourceUnavailable);
        builder.Services.AddHttpClient(HttpClientName).AddStandardResilienceHandler();
        builder.Services.AddSingleton(_ => new TemporaryState(_stateFolder));
    }

    /// <summary>Makes the folder go away with the application.</summary>
    public static void Bind(DistributedApplication application) => _ = application.Services.GetService<TemporaryState>();
}
