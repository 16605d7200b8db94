using Aspire.Hosting.ApplicationModel.Docker;
using Microsoft.Extensions.DependencyInjection;

namespace MlKit.Aspire.Vocabulary;

public sealed class ContainerTests
{
    [Fact]
    public void AddContainer_parses_the_image()
    {
        using var model = Model.Run();
        var image = model.Builder.AddContainer("a", "ghcr.io/org/app:1.2").Last<ContainerImageAnnotation>();
        Assert.Equal(("ghcr.io/org/app", "1.2", null), (image.Image, image.Tag, image.Registry));
        Assert.Equal("latest", model.Builder.AddContainer("b", "x").Last<ContainerImageAnnotation>().Tag);
        Assert.Equal("3", model.Builder.AddContainer("c", "x", "3").Last<ContainerImageAnnotation>().Tag);
        Assert.ThrowsAny<ArgumentException>(() => model.Builder.AddContainer("d", ""));
    }

    [Fact]
    public void WithImage_replaces_the_image_and_its_parts_are_set_one_by_one()
    {
        using var model = Model.Run();
        var container = model.Container().WithImage("other:2");
        Assert.Equal("other:2", Name(container));
        Assert.Equal("other:3", Name(container.WithImageTag("3")));
        Assert.Equal("docker.io/other:3", Name(container.WithImageRegistry("docker.io")));
        Assert.Equal($"docker.io/other@sha256:{new string('a', 64)}", Name(container.WithImageSHA256(new string('a', 64))));
        Assert.Throws<InvalidOperationException>(() => container.WithImage("x:1", "2"));
    }

    [Fact]
    public void WithImageTag_needs_an_image() =>
        Assert.Throws<InvalidOperationException>(() =>
        {
            using var model = Model.Run();
            model.Builder.AddResource(new ContainerResource("bare")).WithImageTag("1");
        });

    [Fact]
    public void WithImageRegistry_may_take_the_registry_back()
    {
        using var model = Model.Run();
        Assert.Equal("image:1", Name(model.Container().WithImageRegistry("r").WithImageRegistry(null)));
    }

    [Fact]
    public void WithImageSHA256_takes_the_place_of_the_tag()
    {
        using var model = Model.Run();
        Assert.Null(model.Container().WithImageSHA256(new string('b', 64)).Last<ContainerImageAnnotation>().Tag);
    }

    [Fact]
    public void WithImagePullPolicy_says_when_it_is_pulled()
    {
        using var model = Model.Run();
        Assert.Equal(ImagePullPolicy.Always, model.Container().WithImagePullPolicy(ImagePullPolicy.Never).WithImagePullPolicy(ImagePullPolicy.Always).Last<ContainerImagePullPolicyAnnotation>().ImagePullPolicy);
    }

    [Fact]
    public void WithEntrypoint_says_what_runs()
    {
        using var model = Model.Run();
        Assert.Equal("/bin/sh", model.Container().WithEntrypoint("/bin/sh").Resource.Entrypoint);
    }

    [Fact]
    public void WithContainerName_is_the_name_in_the_engine()
    {
        using var model = Model.Run();
        Assert.Equal("mine", model.Container().WithContainerName("mine").Last<ContainerNameAnnotation>().Name);
    }

    [Fact]
    public void WithContainerNetworkAlias_is_a_further_host_name()
    {
        using var model = Model.Run();
        Assert.Equal("pages", model.Container().WithContainerNetworkAlias("pages").Last<ContainerNetworkAliasAnnotation>().Alias);
    }

    [Fact]
    public async Task WithContainerRuntimeArgs_collects_arguments_of_the_engine()
    {
        using var model = Model.Run();
        var container = model.Container().WithContainerRuntimeArgs("--memory", "1g").WithContainerRuntimeArgs(context => context.Args.Add("--init")).WithContainerRuntimeArgs(context =>
        {
            context.Args.RemoveAt(0);
            return Task.CompletedTask;
        });
        var context = new ContainerRuntimeArgsCallbackContext([], TestContext.Current.CancellationToken);
        foreach (var annotation in container.Resource.Annotations.OfType<ContainerRuntimeArgsCallbackAnnotation>())
        {
            await annotation.Callback(context);
        }

        Assert.Equal(["1g", "--init"], context.Args);
    }

    [Fact]
    public void WithBindMount_makes_a_relative_source_absolute()
    {
        using var model = Model.Run();
        var mount = model.Container().WithBindMount("data", "/data", isReadOnly: true).Last<ContainerMountAnnotation>();
        Assert.Equal((Path.Combine(model.Folder, "data"), "/data", ContainerMountType.BindMount, true), (mount.Source, mount.Target, mount.Type, mount.IsReadOnly));
    }

    [Fact]
    public async Task WithContainerFiles_makes_files_from_entries_a_callback_or_a_folder()
    {
        using var model = Model.Run();
        model.File("files/sub/a.txt", "a");
        var container = model.Container()
            .WithContainerFiles("/etc/app", [new ContainerFile { Name = "x.conf", Contents = "x" }], defaultOwner: 5)
            .WithContainerFiles("/made", (_, _) => Task.FromResult<IEnumerable<ContainerFileSystemItem>>([new ContainerDirectory { Name = "empty" }]))
            .WithContainerFiles("/copied", "files");
        var names = new List<string>();
        foreach (var annotation in container.Resource.Annotations.OfType<ContainerFileSystemCallbackAnnotation>())
        {
            var items = await annotation.Callback(new ContainerFileSystemCallbackContext { ServiceProvider = new ServiceCollection().BuildServiceProvider(), Model = container.Resource }, TestContext.Current.CancellationToken);
            names.AddRange(items.Select(i => $"{annotation.DestinationPath}/{i.Name}"));
        }

        Assert.Equal(["/etc/app/x.conf", "/made/empty", "/copied/sub"], names);
        Assert.Throws<ArgumentException>(() => new ContainerFile { Name = "a/b" });
    }

    [Fact]
    public void WithContainerCertificatePaths_keeps_the_last_word()
    {
        using var model = Model.Run();
        var container = model.Container();
        var plain = container.Resource.Annotations.Count;
        container.WithContainerCertificatePaths("/certs").WithContainerCertificatePaths("/other", ["/bundle"], ["/dir"]);
        Assert.Equal(plain + 1, container.Resource.Annotations.Count);
    }

    [Fact]
    public void AddDockerfile_builds_an_image_named_as_the_resource()
    {
        using var model = Model.Run();
        var build = model.Builder.AddDockerfile("Built", "src", "my.Dockerfile", "final").Last<DockerfileBuildAnnotation>();
        Assert.Equal((Path.Combine(model.Folder, "src"), Path.Combine(model.Folder, "src", "my.Dockerfile"), "final"), (build.ContextPath, build.DockerfilePath, build.Stage));
    }

    [Fact]
    public void WithDockerfile_turns_a_container_into_one_that_is_built()
    {
        using var model = Model.Run();
        Assert.Equal(Path.Combine(model.Folder, "src", "Dockerfile"), model.Container().WithDockerfile("src").Last<DockerfileBuildAnnotation>().DockerfilePath);
    }

    [Fact]
    public void WithBuildArg_takes_values_but_no_secrets()
    {
        using var model = Model.Run();
        var secret = model.Builder.AddParameter("secret", "s", secret: true);
        var open = model.Builder.AddParameter("open", "o");
        var container = model.Container().WithDockerfile("src").WithBuildArg("A", "1").WithBuildArg("B", open);
        Assert.Equal(["A", "B"], container.Last<DockerfileBuildAnnotation>().BuildArguments.Keys);
        Assert.Throws<InvalidOperationException>(() => container.WithBuildArg("C", secret));
        Assert.Throws<InvalidOperationException>(() => model.Container("plain").WithBuildArg("A", "1"));
    }

    [Fact]
    public void WithBuildSecret_takes_a_parameter()
    {
        using var model = Model.Run();
        var secret = model.Builder.AddParameter("secret", "s", secret: true);
        Assert.Same(secret.Resource, model.Container().WithDockerfile("src").WithBuildSecret("token", secret).Last<DockerfileBuildAnnotation>().BuildSecrets["token"]);
    }

    [Fact]
    public async Task AddDockerfileFactory_makes_the_text_when_it_is_needed()
    {
        using var model = Model.Run();
        var first = model.Builder.AddDockerfileFactory("a", ".", _ => "FROM a");
        var second = model.Builder.AddDockerfileFactory("b", ".", context => Task.FromResult($"FROM {context.Resource.Name}"));
        Assert.Equal(("FROM a", "FROM b"), (await TextAsync(first), await TextAsync(second)));
    }

    [Fact]
    public async Task WithDockerfileFactory_replaces_a_Dockerfile()
    {
        using var model = Model.Run();
        Assert.Equal("FROM x", await TextAsync(model.Container().WithDockerfile("src").WithDockerfileFactory(".", _ => "FROM x")));
        Assert.Equal("FROM y", await TextAsync(model.Container("second").WithDockerfileFactory(".", _ => Task.FromResult("FROM y"))));
    }

    [Fact]
    public async Task AddDockerfileBuilder_composes_stages()
    {
        using var model = Model.Run();
        var container = model.Builder.AddDockerfileBuilder("a", ".", context => Compose(context.Builder));
        Assert.Equal("FROM sdk AS build\nRUN make\n\nFROM runtime\nCOPY --from=build /out /app\nENTRYPOINT [\"/app\"]\n", await TextAsync(container));
        Assert.Equal("FROM z\n", await TextAsync(model.Builder.AddDockerfileBuilder("b", ".", context =>
        {
            context.Builder.From("z");
            return Task.CompletedTask;
        })));
    }

    [Fact]
    public async Task WithDockerfileBuilder_adds_to_what_others_composed()
    {
        using var model = Model.Run();
        var container = model.Container().WithDockerfileBuilder(".", context => context.Builder.From("one"))
            .WithDockerfileBuilder(".", context =>
            {
                context.Builder.Stages[0].User("app");
                return Task.CompletedTask;
            });
        Assert.Equal("FROM one\nUSER app\n", await TextAsync(container));
    }

    [Fact]
    public void WithDockerfileBaseImage_needs_at_least_one_image()
    {
        using var model = Model.Run();
        Assert.Equal("sdk:10", model.Container().WithDockerfileBaseImage(buildImage: "sdk:10").Last<DockerfileBaseImageAnnotation>().BuildImage);
        Assert.Throws<ArgumentException>(() => model.Container("other").WithDockerfileBaseImage());
    }

    private static void Compose(DockerfileBuilder builder)
    {
        builder.From("sdk", "build").Run("make");
        builder.From("runtime").CopyFrom("build", "/out", "/app").Entrypoint(["/app"]);
    }

    private static Task<string> TextAsync(IResourceBuilder<ContainerResource> container) =>
        container.Last<DockerfileBuildAnnotation>().DockerfileFactory!(new DockerfileFactoryContext
        {
            Services = new ServiceCollection().BuildServiceProvider(),
            Resource = container.Resource,
            CancellationToken = TestContext.Current.CancellationToken,
        });

    private static string? Name(IResourceBuilder<ContainerResource> container) => container.Resource.TryGetContainerImageName(out var name) ? name : null;
}
