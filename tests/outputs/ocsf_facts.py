"""
Facts of OCSF 1.5.0 about the objects that we write: attribute names, what is required.

Source: the schema's repository at 1.5.0, its files events/findings/detection_finding.json and
objects/*.json with what they extend (profiles container, host, incident included).
"""

OBJECTS = {
    "detection_finding": (
        """
            activity_id category_uid class_uid finding_info metadata severity_id
            time type_uid
        """,
        """
            action action_id activity_name actor anomaly_analyses api assignee
            assignee_group attacks authorizations category_name class_name cloud
            comment confidence confidence_id confidence_score count device
            disposition disposition_id duration end_time enrichments evidences
            firewall_rule impact impact_id impact_score is_alert is_suspected_breach
            malware malware_scan_info message observables osint policy priority
            priority_id raw_data raw_data_size remediation resources risk_details
            risk_level risk_level_id risk_score severity src_url start_time status
            status_code status_detail status_id ticket tickets timezone_offset
            type_name unmapped vendor_attributes verdict verdict_id vulnerabilities
        """,
        "",
    ),
    "device": (
        """
            type_id
        """,
        """
            agent_list autoscale_uid boot_time boot_uid container created_time desc
            domain eid first_seen_time groups hostname hw_info hypervisor iccid
            image imei imei_list instance_uid interface_name interface_uid ip
            is_backed_up is_compliant is_managed is_mobile_account_active
            is_personal is_shared is_supervised is_trusted last_seen_time location
            mac meid model modified_time name namespace_pid network_interfaces org
            os os_machine_uuid owner region risk_level risk_level_id risk_score
            subnet subnet_uid type udid uid uid_alt vendor_name vlan_uid vpc_uid
            zone
        """,
        """
            ip uid name hostname instance_uid interface_uid interface_name
        """,
    ),
    "evidences": (
        "",
        """
            actor api connection_info container data database databucket device
            dst_endpoint email file http_request http_response ja4_fingerprint_list
            job name process query resources script src_endpoint tls uid url user
            verdict verdict_id
        """,
        """
            actor api connection_info data database databucket device dst_endpoint
            email file process query resources src_endpoint url user job script
        """,
    ),
    "process": (
        "",
        """
            ancestry cmd_line container cpid created_time environment_variables file
            integrity integrity_id lineage loaded_modules name namespace_pid
            parent_process path pid sandbox session terminated_time tid uid user
            working_directory xattributes
        """,
        """
            pid uid cpid
        """,
    ),
    "process_entity": (
        "",
        """
            cmd_line cpid created_time name path pid uid
        """,
        """
            cmd_line name path pid uid cpid
        """,
    ),
    "container": (
        "",
        """
            hash image labels name network_driver orchestrator pod_uuid runtime size
            tag tags uid
        """,
        """
            uid name
        """,
    ),
    "image": (
        """
            uid
        """,
        """
            labels name path tag tags
        """,
        """
            name uid
        """,
    ),
    "fingerprint": (
        """
            algorithm_id value
        """,
        """
            algorithm
        """,
        "",
    ),
    "network_endpoint": (
        "",
        """
            agent_list autonomous_system container domain hostname hw_info
            instance_uid interface_name interface_uid intermediate_ips ip isp
            isp_org location mac name namespace_pid os owner port proxy_endpoint
            subnet_uid svc_name type type_id uid vlan_uid vpc_uid zone
        """,
        """
            ip uid name hostname svc_name instance_uid interface_uid interface_name
            domain
        """,
    ),
    "finding_info": (
        """
            uid
        """,
        """
            analytic attacks created_time data_sources desc first_seen_time
            kill_chain last_seen_time modified_time product product_uid
            related_analytics related_events related_events_count src_url tags title
            traits types uid_alt
        """,
        "",
    ),
    "analytic": (
        """
            type_id
        """,
        """
            algorithm category desc name related_analytics type uid version
        """,
        """
            name uid
        """,
    ),
    "attack": (
        "",
        """
            mitigation sub_technique tactic tactics technique version
        """,
        """
            tactic technique sub_technique
        """,
    ),
    "technique": (
        "",
        """
            name src_url uid
        """,
        """
            name uid
        """,
    ),
    "tactic": (
        "",
        """
            name src_url uid
        """,
        """
            name uid
        """,
    ),
    "related_event": (
        """
            uid
        """,
        """
            attacks count created_time desc first_seen_time kill_chain
            last_seen_time modified_time observables product product_uid severity
            severity_id tags title traits type type_name type_uid
        """,
        "",
    ),
    "metadata": (
        """
            product version
        """,
        """
            correlation_uid data_classification data_classifications debug
            event_code extension extensions labels log_level log_name log_provider
            log_version logged_time loggers modified_time original_time
            processed_time profiles sequence tags tenant_uid
            transformation_info_list uid
        """,
        "",
    ),
    "product": (
        "",
        """
            cpe_name data_classification data_classifications feature lang name path
            uid url_string vendor_name version
        """,
        """
            name uid
        """,
    ),
    "resource_details": (
        "",
        """
            agent_list cloud_partition created_time criticality data
            data_classification data_classifications group hostname ip is_backed_up
            labels modified_time name namespace owner region resource_relationship
            tags type uid uid_alt version zone
        """,
        """
            name uid
        """,
    ),
}
"""Object -> required, other attributes, at least one of which; each as words."""
