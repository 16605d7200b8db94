using Aspire.Hosting.ApplicationModel;
using MlKit.Aspire.Embedded.Ports;
using MlKit.Aspire.Embedded.Runtime;

namespace Aspire.Hosting;

/// <summary>What a .NET project gets without being asked: telemetry, its launch profile, its endpoints and where to listen.</summary>
internal static class ProjectDefaults
{
    public static void Apply<T>(IResourceBuilder<T> builder, IProjectMetadata project, ProjectResourceOptions options)
        where T : class, IResourceWithEnvironment, IResourceWithEndpoints, IResourceWithArgs
    {
        var application = builder.ApplicationBuilder;
        var profile = LaunchProfileChoice.Find(project, options, application.Configuration);
        var kestrel = options.ExcludeKestrelEndpoints ? [] : KestrelEndpoint.Read(project.ProjectPath, application.Environment.EnvironmentName);
        builder.WithOtlpExporter();
        builder.WithEnvironment("OTEL_DOTNET_EXPERIMENTAL_OTLP_RETRY", "in_memory");
        if (application.ExecutionContext.IsPublishMode)
        {
            PublishEndpoints(builder, profile, kestrel);
        }
        else
        {
            builder.WithEnvironment("OTEL_DOTNET_EXPERIMENTAL_ASPNETCORE_DISABLE_URL_QUERY_REDACTION", "true")
                .WithEnvironment("OTEL_DOTNET_EXPERIMENTAL_HTTPCLIENT_DISABLE_URL_QUERY_REDACTION", "true")
                .WithEnvironment("LOGGING__CONSOLE__FORMATTERNAME", "simple")
                .WithEnvironment("DOTNET_SYSTEM_CONSOLE_ALLOW_ANSI_COLOR_REDIRECTION", "true");
            RunEndpoints(builder, profile, kestrel);
            ApplyProfile(builder, profile);
            LetIdeStart(builder, project, profile);
        }

        ProjectListening.Apply(builder, kestrel);
    }

    // The SDK alone starts a source file; an IDE takes projects.
    private static void LetIdeStart<T>(IResourceBuilder<T> builder, IProjectMetadata project, LaunchProfileChoice? profile)
        where T : IResource
    {
        if (!project.IsFileBasedApp)
        {
            builder.WithDebugSupport(
                mode => new ProjectLaunchConfiguration
                {
                    Mode = mode,
                    ProjectPath = project.ProjectPath,
                    LaunchProfile = profile?.Name ?? "",
                    DisableLaunchProfile = profile is null,
                },
                KnownLaunchConfigurationTypes.Project);
        }
    }

    private static void RunEndpoints<T>(IResourceBuilder<T> builder, LaunchProfileChoice? profile, IReadOnlyList<KestrelEndpoint> kestrel)
        where T : class, IResourceWithEndpoints
    {
        if (kestrel.Count > 0)
        {
            foreach (var endpoint in kestrel)
            {
                AddKestrel(builder, endpoint, endpoint.Port);
            }

            return;
        }

        foreach (var (name, url) in ProfileUrls(profile))
        {
            builder.WithEndpoint(name, endpoint =>
            {
                endpoint.UriScheme = url.Scheme;
                endpoint.Port = url.Port == 0 ? null : url.Port;
                endpoint.TargetHost = url.Host;
            });
            if (url.Port != 0)
            {
                builder.WithAnnotation(new UserPortAnnotation(name, url.Port, $"applicationUrl of launch profile '{profile!.Name}'"));
            }
        }
    }

    // A published web project listens on one port, whatever its profile says; https is ended before it.
    private static void PublishEndpoints<T>(IResourceBuilder<T> builder, LaunchProfileChoice? profile, IReadOnlyList<KestrelEndpoint> kestrel)
        where T : class, IResourceWithEndpoints
    {
        foreach (var endpoint in kestrel)
        {
            AddKestrel(builder, endpoint, null);
        }

        if (kestrel.Count == 0 && !string.IsNullOrEmpty(profile?.Profile.ApplicationUrl))
        {
            builder.WithHttpEndpoint().WithHttpsEndpoint();
            builder.Resource.Annotations.OfType<EndpointAnnotation>().Single(e => e.Name == "https").IsImplicit = true;
        }
    }

    private static void AddKestrel<T>(IResourceBuilder<T> builder, KestrelEndpoint kestrel, int? port)
        where T : class, IResourceWithEndpoints => builder.WithEndpoint(EndpointName(kestrel.Name), endpoint =>
        {
            endpoint.UriScheme = kestrel.Scheme;
            endpoint.Port = port;
            endpoint.TargetHost = kestrel.Host;
            if (kestrel.IsHttp2)
            {
                endpoint.Transport = "http2";
            }
        });

    private static void ApplyProfile<T>(IResourceBuilder<T> builder, LaunchProfileChoice? choice)
        where T : class, IResourceWithEnvironment, IResourceWithArgs
    {
        if (choice is null)
        {
            return;
        }

        builder.WithEnvironment(context =>
        {
            context.EnvironmentVariables.TryAdd("DOTNET_LAUNCH_PROFILE", choice.Name);
            foreach (var (name, value) in choice.Profile.EnvironmentVariables)
            {
                context.EnvironmentVariables.TryAdd(name, Environment.ExpandEnvironmentVariables(value));
            }
        });
        if (choice.Profile.CommandLineArgs is { Length: > 0 } arguments)
        {
            builder.WithArgs([.. CommandLineText.Split(arguments)]);
        }

        if (choice.Profile.LaunchUrl is { Length: > 0 } launchUrl)
        {
            builder.WithUrls(context => LaunchUrls.Apply(context, launchUrl));
        }
    }

    /// <summary>The addresses of a profile, named by their scheme, further ones of a scheme with a number.</summary>
    private static IEnumerable<(string Name, Uri Url)> ProfileUrls(LaunchProfileChoice? profile)
    {
        var counts = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        var urls = profile?.Profile.ApplicationUrl ?? string.Empty;
        foreach (var text in urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            // Kestrel allows * and + as hosts, which URIs do not.
            var parsable = text.Replace("://*", "://0.0.0.0", StringComparison.Ordinal).Replace("://+", "://0.0.0.0", StringComparison.Ordinal);
            if (!Uri.TryCreate(parsable, UriKind.Absolute, out var url))
            {
                throw new DistributedApplicationException($"The launch profile '{profile!.Name}' has the applicationUrl '{text}', which is not an absolute URL.");
            }

            var count = counts[url.Scheme] = counts.GetValueOrDefault(url.Scheme) + 1;
            yield return (count == 1 ? url.Scheme : $"{url.Scheme}{count}", url);
        }
    }

    // Kestrel takes any text as a name; an endpoint takes letters, digits and hyphens.
    private static string EndpointName(string kestrelName) =>
        string.Concat(kestrelName.ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-'));
}
