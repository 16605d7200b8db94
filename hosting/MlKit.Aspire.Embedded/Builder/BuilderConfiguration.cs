using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.UserSecrets;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting;

/// <summary>What an AppHost adds to the configuration of its generic host.</summary>
internal static class BuilderConfiguration
{
    /// <summary>The folder of everything that outlives a run, always absolute.</summary>
    public const string StatePathKey = "MlKit:StatePath";

    /// <summary>
    /// Leaves the files of the configuration unwatched, unless somebody asked for it: the model is made of what they say at
    /// the start, and watchers are scarce where several hosts run.
    /// </summary>
    public static void ReadOnce(HostApplicationBuilderSettings settings)
    {
        const string Key = "hostBuilder:reloadConfigOnChange";
        settings.Configuration ??= new ConfigurationManager();
        if (settings.Configuration[Key] is null && Environment.GetEnvironmentVariable("DOTNET_hostBuilder__reloadConfigOnChange") is null)
        {
            settings.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { [Key] = "false" });
        }
    }

    /// <summary>The generic host, with the configuration of every .NET program.</summary>
    /// <exception cref="DistributedApplicationException">The command line or a file of the configuration cannot be read.</exception>
    public static HostApplicationBuilder Host(HostApplicationBuilderSettings settings)
    {
        try
        {
            return new HostApplicationBuilder(settings);
        }
        catch (FormatException e)
        {
            throw new DistributedApplicationException($"The command line cannot be read: {e.Message} Allowed are --KEY VALUE and --KEY=VALUE; --help lists the keys.", e);
        }
        catch (InvalidDataException e)
        {
            throw new DistributedApplicationException($"The configuration cannot be read: {e.Message} {e.InnerException?.Message}".TrimEnd(), e);
        }
    }

    public static void Apply(IConfigurationManager configuration, DistributedApplicationOptions options, AppHostFacts appHost)
    {
        if (options.Args is { Length: > 0 } args)
        {
            configuration.AddCommandLine(CommandLine.Normalize(CommandLine.Settings(args)), CommandLine.SwitchMappings);
        }

        var state = configuration[StatePathKey] is { Length: > 0 } path ? path : Path.Combine(appHost.Directory, ".mlkit");
        var values = new Dictionary<string, string?>
        {
            ["AppHost:Directory"] = appHost.Directory,
            ["AppHost:Path"] = appHost.Path,
            [StatePathKey] = Path.GetFullPath(state),
        };
        if (configuration["DOTNET_LAUNCH_PROFILE"] is { Length: > 0 } profile && configuration["AppHost:DefaultLaunchProfileName"] is null)
        {
            values["AppHost:DefaultLaunchProfileName"] = profile;
        }

        if (options.DashboardApplicationName is { } name)
        {
            values["AppHost:DashboardApplicationName"] = name;
        }

        configuration.AddInMemoryCollection(values);
    }

    /// <summary>Identifies the AppHost: by its path where it runs, by its name where it is published, as paths differ by machine.</summary>
    public static void ApplyIdentity(IConfigurationManager configuration, AppHostFacts appHost, DistributedApplicationExecutionContext context) =>
        configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["AppHost:Sha256"] = Hash(context.IsPublishMode ? appHost.ProjectName : appHost.Path),
            ["AppHost:PathSha256"] = Hash(appHost.Path),
            ["AppHost:ProjectNameSha256"] = Hash(appHost.ProjectName),
        });

    /// <summary>The file for generated secrets: the project's user secrets where it has an id for them, else one in the state folder.</summary>
    public static string SecretsFile(IConfiguration configuration, AppHostFacts appHost) =>
        appHost.Assembly?.GetCustomAttribute<UserSecretsIdAttribute>() is { } id
            ? PathHelper.GetSecretsPathFromSecretsId(id.UserSecretsId)
            : Path.Combine(configuration[StatePathKey]!, ".secrets", "secrets.json");

    private static string Hash(string text) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
